import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Attendance } from '../../desk/attendance.ts'
import type { ScreenView } from '../../desk/attendance-state.ts'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import { m } from '../../paraglide/messages.js'
import { BLANK, SCREEN } from '../../protocol/board.ts'
import { DeskBoardLayer } from '../board/desk-board-layer.tsx'
import type { Drawing } from '../board/drawing.ts'
import { PicturePlace } from '../board/picture-place.tsx'
import { Button } from '../ui/button.tsx'
import { AttendanceNotice } from './attendance-notice.tsx'
import type { Scale } from './session-main.tsx'

type Props = { attendance: Attendance; board: TicketBoard; drawing: Drawing; name: string; scale: Scale }

/** The customer's screen; without it, why there is none and what to do. */
export function Stage({ attendance, board, drawing, name, scale }: Props) {
  const state = attendance.state.value
  if (state.kind === 'live') {
    const { screen, stream, canShare } = state
    if (drawing.blank.value) return <Sheet {...{ board, drawing }} />
    if (screen.kind === 'shared' && stream) return <Picture {...{ board, drawing, stream, name, scale }} />
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

function Sheet({ board, drawing }: Pick<Props, 'board' | 'drawing'>) {
  return (
    <section class="stage stage-sheet" aria-label={m.board_whiteboard()}>
      <div class="board-sheet">
        <DeskBoardLayer board={board} drawing={drawing} surface={BLANK} />
      </div>
    </section>
  )
}

function Picture({ board, drawing, stream, name, scale }: { stream: MediaStream } & Omit<Props, 'attendance'>) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: at its actual size the picture is scrolled, by keyboard too
    <section class={`stage stage-${scale}`} aria-label={m.session_screen_of({ name })} tabIndex={0}>
      <video ref={video} autoplay muted playsInline aria-label={m.session_screen_of({ name })} />
      <PicturePlace video={video}>
        <DeskBoardLayer board={board} drawing={drawing} surface={SCREEN} />
      </PicturePlace>
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
    case 'failed':
      return { title: m.session_failed({ name }), text: m.session_failed_text() }
  }
}
