import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { silenceSentence } from './cause-notice.tsx'
import { customerName } from './customer-name.ts'
import { type QueueNews, tellTicketNews } from './view-state.ts'

/** Tells what the server did by itself, on whatever screen one is: what concerns oneself stays at the queue until it is read. */
export function CauseNews() {
  const { desk } = useWorkplace()
  useEffect(() => {
    const life = new AbortController()
    desk.causes.onCause(({ ticket, cause }) => {
      const news = newsOf(desk, ticket, cause)
      if (!news) return
      announce(news.text())
      if (cause.whom === desk.me.id) tellTicketNews(news)
    }, life.signal)
    return () => life.abort()
  }, [desk])
  return null
}

function newsOf({ me, tickets, people }: Desk, { id }: TicketHeader, cause: TicketCause): QueueNews | undefined {
  // On every screen there is a banner for that.
  if (cause.kind === 'not-asked') return undefined
  const isMe = cause.whom === me.id
  const customer = () => customerName(tickets.find(id)?.details)
  if (cause.kind === 'silence') {
    const name = people.names.peek().get(cause.whom) ?? m.queue_somebody()
    const sentence = () => silenceSentence(cause, isMe, name)
    return { tone: 'waiting', text: () => m.cause_of({ customer: customer(), sentence: sentence() }) }
  }
  // To whom else it goes is in the list; it asks nothing of anybody.
  if (!isMe) return undefined
  return { tone: 'info', text: () => m.cause_of({ customer: customer(), sentence: m.cause_automatic_me() }) }
}
