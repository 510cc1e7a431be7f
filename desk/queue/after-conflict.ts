import type { TicketChange } from '../../protocol/http.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'

/**
 * What a change is to do that somebody else's change came before. `done`: it is as it was wanted. `again`: what happened does not
 * matter to it. `overtaken`: somebody decided otherwise, and that stands.
 */
export type AfterConflict = 'done' | 'again' | 'overtaken'

/** @param seen the ticket as it was when the change was wanted @param now as the server has it */
export function afterConflict(change: TicketChange, seen: TicketHeader, now: TicketHeader): AfterConflict {
  const untouched =
    now.state.kind === seen.state.kind && assigneeOf(now) === assigneeOf(seen) && now.group === seen.group
  switch (change.kind) {
    case 'assign':
      if (now.state.kind !== 'open') return 'overtaken'
      if (now.state.assignee === change.assignee && now.group === seen.group) return 'done'
      return untouched ? 'again' : 'overtaken'
    case 'move':
      if (now.group === change.group) return 'done'
      return untouched ? 'again' : 'overtaken'
    case 'second':
      if (now.seconds.includes(change.technician) === change.invited) return 'done'
      return untouched ? 'again' : 'overtaken'
    case 'resolve':
      if (now.state.kind === 'resolved') return 'done'
      return untouched ? 'again' : 'overtaken'
    case 'reopen':
      if (now.state.kind === 'open') return 'overtaken'
      return untouched ? 'again' : 'overtaken'
    case 'expire':
      if (now.state.kind === 'expired') return 'done'
      // A code that was guessed at is dead, whoever has it.
      return untouched || (change.why === 'guessed' && now.state.kind === 'open') ? 'again' : 'overtaken'
  }
}
