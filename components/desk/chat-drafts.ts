import { type Signal, signal } from '@preact/signals'
import type { TicketId } from '../../protocol/ids.ts'

/** What is typed in the chats and not sent, kept while one looks at something else; never on the disk. */
export type ChatDrafts = { of(ticket: TicketId): Signal<string> }

export function openChatDrafts(): ChatDrafts {
  const drafts = new Map<TicketId, Signal<string>>()
  return {
    of(ticket) {
      const draft = drafts.get(ticket) ?? signal('')
      drafts.set(ticket, draft)
      return draft
    },
  }
}
