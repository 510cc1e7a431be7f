import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import type { Attendance } from '../../desk/attendance.ts'
import type { ScreenView } from '../../desk/attendance-state.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { AttendanceNotice } from './attendance-notice.tsx'
import { StagePicture } from './stage-picture.tsx'
import type { Size, View } from './view.ts'

type Props = {
  attendance: Attendance
  name: string
  view: View
  onView: (change: (view: View, stage: Size, picture: Size) => View) => void
}

/** The customer's screen; without it, why there is none and what to do. */
export function Stage({ attendance, name, view, onView }: Props) {
  const state = attendance.state.value
  if (state.kind === 'live') {
    const { screen, stream, canShare } = state
    if (screen.kind === 'shared' && stream) {
      const shown = { stream, label: m.session_screen_of({ name }), view, onView }
      return <StagePicture {...shown} looking={attendance.looking} />
    }
    if (!canShare) return <Empty title={m.session_cannot_share({ name })} text={m.session_cannot_share_text()} />
    const { title, text } = notShared(screen, name)
    return (
      <Empty title={title} text={text}>
        {screen.kind === 'not-shared' && (
          <Button kind="primary" onClick={attendance.askForScreen}>
            {screen.why === 'not-yet' ? m.session_ask() : m.session_ask_again()}
          </Button>
        )}
      </Empty>
    )
  }
  if (state.kind === 'none') {
    return (
      <Empty title={m.session_nobody({ name })} text={m.session_nobody_text()}>
        <BackToQueue />
      </Empty>
    )
  }
  return (
    <div class="stage stage-empty">
      <AttendanceNotice attendance={attendance} name={name} />
      {state.kind === 'over' && <BackToQueue />}
    </div>
  )
}

function BackToQueue() {
  return (
    <Link href="/" class="button">
      {m.session_back_to_queue()}
    </Link>
  )
}

type EmptyProps = { title: string; text: string; children?: ComponentChildren }

function Empty({ title, text, children }: EmptyProps) {
  return (
    <div class="stage stage-empty">
      <div class="stage-words" role="status">
        <p class="stage-title">{title}</p>
        <p>{text}</p>
      </div>
      {children}
    </div>
  )
}

function notShared(screen: ScreenView, name: string): { title: string; text: string } {
  if (screen.kind === 'asked') return { title: m.session_asked({ name }), text: m.session_asked_text({ name }) }
  // Shared, and its picture is on its way.
  if (screen.kind === 'shared')
    return { title: m.session_picture_comes({ name }), text: m.session_picture_comes_text() }
  switch (screen.why) {
    case 'not-yet':
      return { title: m.session_not_yet({ name }), text: m.session_not_yet_text({ name }) }
    case 'stopped':
      return { title: m.session_stopped({ name }), text: m.session_stopped_text() }
    case 'stopped-in-browser':
      return { title: m.session_stopped({ name }), text: m.session_stopped_in_browser_text() }
    case 'declined':
      return { title: m.session_declined({ name }), text: m.session_declined_text() }
    case 'picker-cancelled':
      return { title: m.session_picker_cancelled({ name }), text: m.session_picker_cancelled_text() }
    case 'failed':
      return { title: m.session_failed({ name }), text: m.session_failed_text() }
  }
}
