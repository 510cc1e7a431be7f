import type { OverReason } from '../../peer/link-error.ts'
import type { Consent } from '../../protocol/consent.ts'
import type { AttendanceState } from '../session/attendance-state.ts'
import type { StopReason } from './recording-state.ts'

export type Verdict =
  | { kind: 'go-on' }
  | { kind: 'stop'; why: StopReason } /** The link may come back. */
  | { kind: 'wait' }

/** Ends that no other link follows. */
const FINAL = new Set<OverReason>(['ended-here', 'ended-there', 'handed-over'])

/**
 * Whether a recording goes on.
 * @param here this desk attends the ticket. @param allowed what the customer's page says of it now; nothing while there is no link
 */
export function reasonToStop(
  here: boolean,
  state: Pick<AttendanceState, 'kind'> & { why?: OverReason },
  allowed: Consent | undefined,
): Verdict {
  if (!here || state.kind === 'elsewhere') return { kind: 'stop', why: 'given-away' }
  if (state.kind === 'over' && state.why && FINAL.has(state.why)) return { kind: 'stop', why: 'session' }
  if (allowed && allowed.state.kind !== 'granted') {
    const { state: ended } = allowed
    return { kind: 'stop', why: ended.kind === 'ended' && ended.by !== 'customer' ? 'session' : 'customer' }
  }
  if (state.kind === 'live' && allowed) return { kind: 'go-on' }
  return { kind: 'wait' }
}
