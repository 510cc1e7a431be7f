import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { CutSince, Reconnecting } from './line-notice.tsx'
import { overWords } from './over-words.ts'

type Props = { attendance: Attendance; presence: QueueEntry['presence']; name: string }

/** How it stands with a customer whom the technician cannot talk to yet, or any more; nothing while it is live. */
export function AttendanceNotice({ attendance, presence, name }: Props) {
  const state = attendance.state.value
  switch (state.kind) {
    case 'none':
      if (presence.kind !== 'in-session') return null
      return (
        <Notice
          tone="info"
          title={m.session_on({ name })}
          actions={<Button onClick={attendance.takeOver}>{m.session_take_over()}</Button>}
        >
          {m.session_on_text()}
        </Notice>
      )
    case 'pairing':
    case 'connecting':
      return <Notice tone="info" title={m.session_connecting({ name })} />
    case 'held':
      return (
        <Notice tone="waiting" title={m.session_held()}>
          {m.session_held_text()}
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice
          tone="info"
          title={m.session_elsewhere({ name })}
          actions={<Button onClick={attendance.takeOver}>{m.session_take_over()}</Button>}
        />
      )
    case 'live':
      if (state.line.kind === 'reconnecting') return <Reconnecting name={name} since={state.line.since} />
      return state.canShare ? null : (
        <Notice tone="info" title={m.session_cannot_share({ name })}>
          {m.session_cannot_share_text()}
        </Notice>
      )
    case 'over': {
      const { title, text, tone, again } = overWords(state.why, name)
      return (
        <Notice
          tone={tone}
          title={title}
          actions={again && <Button onClick={attendance.again}>{m.session_again()}</Button>}
        >
          <p>{text}</p>
          {state.why === 'lost' && <CutSince since={state.at} />}
        </Notice>
      )
    }
  }
}
