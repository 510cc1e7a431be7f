import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk.ts'
import { type DueNews, type DuesTold, dueNews } from '../../desk/queue/due-news.ts'
import { m } from '../../paraglide/messages.js'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from './customer-name.ts'
import { dueSentence } from './due-words.ts'
import { type QueueNews, tellTicketNews, ticketNews } from './view-state.ts'

const LOOK_MS = 15_000

/** Tells, on whatever screen one is, that something one answers for is about to be late, or is; it stays at the queue until it is read. */
export function DueNotices() {
  const { desk } = useWorkplace()
  useEffect(() => {
    const { tickets, people, me } = desk
    let told: DuesTold | undefined
    let promises = ''
    const shown = new Map<string, QueueNews>()
    function look() {
      if (!tickets.known.peek()) return
      const targets = people.serviceTargets.peek()
      const before = promises
      promises = JSON.stringify([...targets])
      const who = { id: me.id, groups: new Set(people.looker.peek().groups) }
      const found = dueNews(tickets.queue.peek(), told ?? new Set(), { targets, who, now: Date.now() })
      // What was late before one came to the desk, or before anything was promised, stands in the list.
      if (told && promises === before) for (const news of found.news.toReversed()) show(news)
      told = found.told
    }
    function show(news: DueNews) {
      // Late stands in the place of soon.
      const key = `${news.ticket} ${news.target}`
      const earlier = shown.get(key)
      ticketNews.value = ticketNews.peek().filter((one) => one !== earlier)
      const said = tell(desk, news)
      shown.set(key, said)
      tellTicketNews(said)
    }
    const stop = people.serviceTargets.subscribe(look)
    const timer = setInterval(look, LOOK_MS)
    return () => {
      stop()
      clearInterval(timer)
    }
  }, [desk])
  return null
}

/** Says it. @returns what is to be read */
function tell({ tickets }: Desk, { ticket, target, kind }: DueNews): QueueNews {
  const customer = () => customerName(tickets.find(ticket)?.details)
  const news: QueueNews = {
    tone: kind === 'missed' ? 'stop' : 'waiting',
    text: () => m.cause_of({ customer: customer(), sentence: dueSentence(target, kind === 'missed') }),
  }
  announce(news.text())
  return news
}
