import { type ReadonlySignal, signal } from '@preact/signals'
import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Causes } from './causes.ts'
import type { Looker } from './rights.ts'

/** A customer said "I did not ask for this". `whom`: who had the ticket. */
export type Alarm = { ticket: TicketHeader; whom: TechnicianId | null }

/** What was told while this desk was open, until it is read: to the admins, and to the one who had the ticket. */
export type Alarms = {
  readonly list: ReadonlySignal<readonly Alarm[]>
  dismiss(ticket: TicketId): void
}

export function openAlarms(
  causes: Pick<Causes, 'onCause'>,
  looker: ReadonlySignal<Looker>,
  until: AbortSignal,
): Alarms {
  const list = signal<readonly Alarm[]>([])
  causes.onCause(({ ticket, cause }) => {
    const { id, admin } = looker.peek()
    if (cause.kind === 'not-asked' && (admin || cause.whom === id)) {
      list.value = [...list.peek(), { ticket, whom: cause.whom }]
    }
  }, until)
  return {
    list,
    dismiss(id) {
      list.value = list.peek().filter(({ ticket }) => ticket.id !== id)
    },
  }
}
