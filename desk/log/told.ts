import { type Call, isOf } from '../../peer/call/call-rules.ts'
import type { Transfer } from '../../peer/files/transfer.ts'
import type { Consent } from '../../protocol/consent.ts'
import type { Time } from '../../protocol/ids.ts'
import type { ToldEvent } from '../../protocol/log-event.ts'
import type { MediaItem } from '../media/media-item.ts'

/** What the log is told of a session: that it was, how much and how it ended. Names of files, folders and screens stay here. */

export function toldOfConsent({ id, what: topic, state }: Consent): ToldEvent | undefined {
  return state.kind === 'asked' ? undefined : { what: 'consent', id, topic, outcome: state.kind }
}

/** Undefined while it is on its way. */
export function toldOfTransfer({ id, direction, count, bytes, state }: Transfer): ToldEvent | undefined {
  if (state.kind !== 'done' && state.kind !== 'refused' && state.kind !== 'cancelled') return undefined
  const whole = state.kind === 'done' ? state.whole : count
  return {
    what: 'files',
    id,
    direction: direction === 'sending' ? 'sent' : 'received',
    outcome: state.kind,
    count: whole,
    bytes,
  }
}

export function toldOfMedia({ id, kind, state }: MediaItem): ToldEvent[] {
  if (kind === 'snapshot') return [{ what: 'snapshot', id }]
  if (kind !== 'recording') return []
  const began: ToldEvent = { what: 'recording-began', id }
  return state.kind === 'film'
    ? [began, { what: 'recording-ended', id, durationMs: Math.round(state.durationMs) }]
    : [began]
}

/** Of a call only that it was, and how long: what rang and was not answered is not in the log. */
export function toldOfCall(before: Call, after: Call, now: Time): ToldEvent[] {
  const goesOn = before.kind === 'on' && after.kind === 'on' && isOf(after, before.id)
  if (goesOn) return []
  const ended: ToldEvent[] =
    before.kind === 'on' ? [{ what: 'call-ended', id: before.id, durationMs: Math.max(0, now - before.since) }] : []
  return after.kind === 'on' ? [...ended, { what: 'call-began', id: after.id }] : ended
}
