import { effect, untracked } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RatingNews } from '../../desk/case/ratings.ts'
import type { Desk } from '../../desk/desk.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import type { Score } from '../../protocol/score.ts'
import { scoreName } from '../customer/score-words.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from './customer-name.ts'
import { type QueueNews, tellTicketNews, ticketNews } from './view-state.ts'

/** Tells a technician what a customer thinks of the session with this one, on whatever screen one is. */
export function RatingNotices() {
  const { desk } = useWorkplace()
  useEffect(() => follow(desk), [desk])
  return null
}

function follow(desk: Desk): () => void {
  /** What was told of each ticket. */
  const told = new Map<TicketId, { score: Score; news: QueueNews }>()
  return effect(() => {
    const answer = desk.ratings.news.value
    if (answer?.technician !== desk.me.id) return
    const before = told.get(answer.ticket)
    // Words may have come to the same score: they stand with the ticket.
    if (before?.score === answer.score) return
    untracked(() => {
      const news = newsOf(desk, answer)
      told.set(answer.ticket, { score: answer.score, news })
      ticketNews.value = ticketNews.peek().filter((one) => one !== before?.news)
      announce(news.text())
      tellTicketNews(news)
    })
  })
}

function newsOf({ tickets }: Desk, { ticket, score }: RatingNews): QueueNews {
  const details = tickets.find(ticket)?.details
  const text = () => {
    const rating = scoreName(score)
    return details ? m.rating_news({ customer: customerName(details), rating }) : m.rating_news_somebody({ rating })
  }
  return { tone: 'info', text }
}
