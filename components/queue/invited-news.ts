import { effect, untracked } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Desk } from '../../desk/desk.ts'
import { invitedNews, invitedTo } from '../../desk/queue/invited.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from './customer-name.ts'
import { type QueueNews, tellTicketNews } from './view-state.ts'

/** Which tickets one is about to leave: of that one needs no telling. */
const leaving = new Set<TicketId>()

/** @returns to be called when it is done or was refused */
export function leaveQuietly(ticket: TicketId): () => void {
  leaving.add(ticket)
  return () => void leaving.delete(ticket)
}

/** Tells who was invited to a ticket, or is no more, on whatever screen one is; it stays at the queue until it is read. */
export function InvitedNews() {
  const { desk } = useWorkplace()
  useEffect(() => follow(desk), [desk])
  return null
}

function follow({ me, tickets, people }: Desk): () => void {
  let before: ReadonlySet<TicketId> | undefined
  return effect(() => {
    const entries = tickets.entries.value
    if (!tickets.known.value) return
    const { invited, removed } = before ? invitedNews(before, entries, me.id) : { invited: [], removed: [] }
    before = invitedTo(entries, me.id)
    untracked(() => {
      for (const { header, details } of invited) {
        const assignee = assigneeOf(header)
        const name = (assignee && people.names.value.get(assignee)) ?? m.queue_somebody()
        tell({ tone: 'info', text: () => m.seconds_news_invited({ customer: customerName(details), name }) })
      }
      for (const { header, details } of removed) {
        if (leaving.delete(header.id)) continue
        tell({ tone: 'waiting', text: () => m.seconds_news_removed({ customer: customerName(details) }) })
      }
    })
  })
}

function tell(news: QueueNews) {
  announce(news.text())
  tellTicketNews(news)
}
