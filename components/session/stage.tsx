import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import type { ScreenView } from '../../desk/session/attendance-state.ts'
import { lookedAt } from '../../desk/session/screens.ts'
import { m } from '../../paraglide/messages.js'
import { BLANK } from '../../protocol/board.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { drawnOn } from '../../protocol/screens.ts'
import { DeskBoardLayer } from '../board/desk-board-layer.tsx'
import type { Drawing } from '../board/drawing.ts'
import { useWorkplace } from '../desk/context.ts'
import { screenName } from '../screens/screen-name.ts'
import { Pill } from '../ui/pill.tsx'
import { AskButton } from './ask-button.tsx'
import { AttendanceNotice } from './attendance-notice.tsx'
import { SessionOver, wasEnded } from './session-over.tsx'
import { SideBySide } from './side-by-side.tsx'
import { StagePicture } from './stage-picture.tsx'
import type { Size, View } from './view.ts'

type Props = {
  entry: QueueEntry
  attendance: Attendance
  board: TicketBoard
  drawing: Drawing
  name: string
  view: View
  onView: (change: (view: View, stage: Size, picture: Size) => View) => void
}

/** The customer's screen; without it, why there is none and what to do. */
export function Stage({ entry, attendance, board, drawing, name, view, onView }: Props) {
  const state = attendance.state.value
  if (state.kind === 'live') {
    const { screen, stream, canShare } = state
    if (drawing.blank.value) return <Sheet {...{ board, drawing }} ticket={entry.header.id} />
    if (screen.kind === 'shared' && stream) {
      const further = attendance.screens.further.value
      const looked = lookedAt(attendance.screens)
      if (looked === 'all') return <SideBySide attendance={attendance} first={{ surface: screen.surface, stream }} />
      const other = further.find(({ number }) => number === looked)
      return (
        <StagePicture
          key={looked}
          stream={other?.stream ?? stream}
          {...{ view, onView }}
          label={other ? screenName(other) : m.session_screen_of({ name })}
          looking={attendance.looking}
        >
          {({ rect: { x, y, width, height } }) => (
            <div class="stage-over" style={{ left: x, top: y, width, height }}>
              <DeskBoardLayer board={board} drawing={drawing} surface={drawnOn(looked)} />
            </div>
          )}
        </StagePicture>
      )
    }
    if (!canShare) return <Empty title={m.session_cannot_share({ name })} text={m.session_cannot_share_text()} />
    const { title, text } = notShared(screen, name)
    return (
      <Empty title={title} text={text}>
        {screen.kind === 'not-shared' && screen.why !== 'handed-over' && (
          <AskButton consents={attendance.consents} what="screen" kind="primary" onAsk={attendance.askForScreen}>
            {screen.why === 'not-yet' ? m.session_ask() : m.session_ask_again()}
          </AskButton>
        )}
      </Empty>
    )
  }
  if (state.kind === 'none' && entry.presence.kind !== 'in-session') {
    return (
      <Empty title={m.session_nobody({ name })} text={m.session_nobody_text()}>
        <BackToQueue />
      </Empty>
    )
  }
  if (wasEnded(state)) {
    return (
      <div class="stage stage-empty">
        <SessionOver entry={entry} over={state} />
      </div>
    )
  }
  return (
    <div class="stage stage-empty">
      <AttendanceNotice attendance={attendance} presence={entry.presence} name={name} />
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

function Sheet({ board, drawing, ticket }: Pick<Props, 'board' | 'drawing'> & { ticket: TicketId }) {
  const { recordings } = useWorkplace().desk
  const recording = recordings.states.value.get(ticket)?.kind
  const runs = recording === 'running' || recording === 'paused'
  return (
    <section class="stage stage-sheet" aria-label={m.board_whiteboard()}>
      <div class="board-sheet">
        <DeskBoardLayer board={board} drawing={drawing} surface={BLANK} />
      </div>
      <p class="stage-note" role="status">
        {runs && <Pill tone="info">{m.media_not_the_sheet()}</Pill>}
      </p>
    </section>
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
    case 'handed-over':
      return { title: m.consent_screen_handed({ name }), text: m.consent_screen_handed_text() }
    case 'failed':
      return { title: m.session_failed({ name }), text: m.session_failed_text() }
  }
}
