import './line-notice.css'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import { Elapsed } from '../ui/elapsed.tsx'
import { Notice } from '../ui/notice.tsx'

/** Over what was shown last, while the link is made again. */
export function LineNotice({ attendance, name }: { attendance: Attendance; name: string }) {
  const state = attendance.state.value
  if (state.kind !== 'live' || state.line.kind === 'up') return null
  return (
    <div class="line-notice">
      <Reconnecting name={name} since={state.line.since} />
    </div>
  )
}

export function Reconnecting({ name, since }: { name: string; since: Time }) {
  return (
    <Notice tone="waiting" title={m.line_cut_title({ name })}>
      <p>{m.line_cut_text()}</p>
      <CutSince since={since} />
    </Notice>
  )
}

export function CutSince({ since }: { since: Time }) {
  return (
    <p class="line-since">
      {m.line_cut_since()} <Elapsed since={since} />
    </p>
  )
}
