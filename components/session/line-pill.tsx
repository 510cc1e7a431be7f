import type { AttendanceState } from '../../desk/session/attendance-state.ts'
import { m } from '../../paraglide/messages.js'
import { Elapsed } from '../ui/elapsed.tsx'
import { Pill } from '../ui/pill.tsx'

/** Connected since when, or cut since when. */
export function LinePill({ state }: { state: Extract<AttendanceState, { kind: 'live' }> }) {
  if (state.line.kind === 'reconnecting') {
    return (
      <Pill tone="waiting" shape="ring">
        {m.line_reconnecting()} <Elapsed since={state.line.since} />
      </Pill>
    )
  }
  return (
    <Pill tone="live">
      {m.queue_status_live()} <Elapsed since={state.since} />
    </Pill>
  )
}
