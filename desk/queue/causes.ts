import { type ReadonlySignal, signal } from '@preact/signals'
import type { TicketId } from '../../protocol/ids.ts'
import { assigneeOf, type TicketHeader } from '../../protocol/ticket.ts'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import type { Wire } from '../server/wire.ts'

/** What the server did with a ticket by itself that still shows: who was silent before nobody had it, who was given it. */
export type ByItself = {
  silence?: Extract<TicketCause, { kind: 'silence' }>
  automatic?: Extract<TicketCause, { kind: 'automatic' }>
}

type Heard = { ticket: TicketHeader; cause: TicketCause }

/** What was told while this desk was open; the timeline has all of it. */
export type Causes = {
  readonly latest: ReadonlySignal<ReadonlyMap<TicketId, ByItself>>
  /** Each, when it comes; until the signal. */
  onCause(hear: (heard: Heard) => void, signal: AbortSignal): void
}

export function openCauses(wire: Pick<Wire, 'onMessage'>, until: AbortSignal): Causes {
  const latest = signal<ReadonlyMap<TicketId, ByItself>>(new Map())
  wire.onMessage((message) => {
    if (message.type !== 'ticket') return
    const { ticket, cause } = message
    const before = latest.peek().get(ticket.id)
    const after = afterChange(before, ticket, cause)
    if (before === after) return
    const next = new Map(latest.peek())
    if (after) next.set(ticket.id, after)
    else next.delete(ticket.id)
    latest.value = next
  }, until)
  return {
    latest,
    onCause: (hear, signal) =>
      wire.onMessage((message) => {
        if (message.type === 'ticket' && message.cause) hear({ ticket: message.ticket, cause: message.cause })
      }, signal),
  }
}

/** What stands after a change: a person who decides otherwise, or ends the ticket, ends it. */
export function afterChange(
  before: ByItself | undefined,
  ticket: Pick<TicketHeader, 'state'>,
  cause: TicketCause | undefined,
): ByItself | undefined {
  if (cause?.kind === 'silence') return { silence: cause }
  if (cause?.kind === 'automatic') return { ...before, automatic: cause }
  if (!before || ticket.state.kind !== 'open') return undefined
  return assigneeOf(ticket) === (before.automatic?.whom ?? null) ? before : undefined
}
