import type { OverReason } from '../../peer/link-error.ts'
import type { Consent } from '../../protocol/consent.ts'
import type { AttendanceState } from '../session/attendance-state.ts'
import type { StopReason } from './recording-state.ts'

export type Verdict =
  | { kind: 'go-on' }
  | { kind: 'stop'; why: StopReason }
  /** The link may come back. */
  | { kind: 'wait' }

/** What a recording needs to know of its session. */
type SessionSeen = { kind: Exclude<AttendanceState['kind'], 'over'> } | { kind: 'over'; why: OverReason }

/** Whether no other link of the same session follows. */
const FINAL: Record<OverReason, boolean> = {
  'ended-here': true,
  'ended-there': true,
  'not-asked': true,
  'handed-over': true,
  'dead-code': true,
  tampered: true,
  'bad-frame': true,
  version: true,
  lost: false,
  'no-route': false,
  timeout: false,
  'wrong-secret': false,
}

/**
 * Whether a recording goes on.
 * @param here this desk attends the ticket. @param allowed what the customer's page says of it now; nothing while there is no link
 */
export function reasonToStop(here: boolean, state: SessionSeen, allowed: Consent | undefined): Verdict {
  if (!here || state.kind === 'elsewhere') return { kind: 'stop', why: 'given-away' }
  if (state.kind === 'over' && FINAL[state.why]) return { kind: 'stop', why: 'session' }
  if (allowed && allowed.state.kind !== 'granted') {
    const { state: ended } = allowed
    return { kind: 'stop', why: ended.kind === 'ended' && ended.by !== 'customer' ? 'session' : 'customer' }
  }
  if (state.kind === 'live' && allowed) return { kind: 'go-on' }
  return { kind: 'wait' }
}
