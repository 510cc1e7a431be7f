import './session-tools.css'
import { Camera, ChevronDown, ChevronUp, Gauge, Maximize, Minus, PictureInPicture2, Plus, Scan } from 'lucide-preact'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { SurfaceId } from '../../protocol/board.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { DeskBoardTools } from '../board/desk-board-tools.tsx'
import type { Drawing } from '../board/drawing.ts'
import { RecordButton } from '../media/record-button.tsx'
import { Button } from '../ui/button.tsx'
import { Toolbar } from '../ui/toolbar.tsx'
import { AskAnother } from './ask-another.tsx'
import { ModeChoice } from './mode-choice.tsx'
import { SoundTools } from './sound-tools.tsx'

type Does = Record<'fit' | 'actual' | 'zoomIn' | 'zoomOut' | 'fullScreen' | 'figures' | 'popOut' | 'fold', () => void>

type Props = {
  ticket: TicketId
  attendance: Attendance
  board: TicketBoard
  drawing: Drawing
  /** The customer's. */
  name: string
  onSnapshot: () => void
  /** In percent of the customer's own pixels; undefined while all of the picture is seen. */
  scale: number | undefined
  does: Does
  shown: { figures: boolean; tools: boolean; out: boolean; surface: SurfaceId | undefined }
}

/** What can be done in a session: draw, and more while there is a picture. */
export function SessionTools({ ticket, attendance, board, drawing, name, onSnapshot, scale, does, shown }: Props) {
  const state = attendance.state.value
  if (state.kind !== 'live') return null
  const { screen } = state
  const fold = (
    <Button kind="quiet" aria-expanded={shown.tools} onClick={does.fold} shortcut="u">
      {shown.tools ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
      {shown.tools ? m.session_fold() : m.session_unfold()}
    </Button>
  )
  const media = screen.kind === 'shared' && (
    <span class="session-tools-group">
      <Button kind="quiet" shortcut="s" onClick={onSnapshot}>
        <Camera aria-hidden="true" />
        {m.media_snapshot()}
      </Button>
      <RecordButton ticket={ticket} drawn={attendance.looking.annotations.value !== undefined} />
    </span>
  )
  if (!shown.tools) {
    return (
      <Toolbar class="session-tools session-tools-folded" label={m.session_tools()}>
        {media}
        {fold}
      </Toolbar>
    )
  }
  return (
    <Toolbar class="session-tools" label={m.session_tools()}>
      <DeskBoardTools {...{ board, drawing, name }} screen={shown.surface} />
      {screen.kind === 'shared' && (
        <>
          <ModeChoice screen={screen} onMode={attendance.setMode} />
          <span class="session-tools-group">
            <Button kind="quiet" aria-pressed={scale === undefined} onClick={does.fit} shortcut="f">
              <Scan aria-hidden="true" />
              {m.session_fit()}
            </Button>
            <Button kind="quiet" aria-pressed={scale === 100} onClick={does.actual} shortcut="0">
              {m.session_actual()}
            </Button>
            <Button kind="quiet" aria-label={m.session_zoom_out()} onClick={does.zoomOut} shortcut="-">
              <Minus aria-hidden="true" />
            </Button>
            {scale !== undefined && (
              <output class="figures" aria-label={m.session_scale()}>
                {m.session_percent({ count: scale })}
              </output>
            )}
            <Button kind="quiet" aria-label={m.session_zoom_in()} onClick={does.zoomIn} shortcut="+">
              <Plus aria-hidden="true" />
            </Button>
          </span>
          <AskAnother attendance={attendance} />
          <SoundTools sound={attendance.sound} />
          <span class="session-tools-group">
            <Button kind="quiet" aria-pressed={shown.figures} onClick={does.figures} shortcut="i">
              <Gauge aria-hidden="true" />
              {m.session_figures()}
            </Button>
            <Button kind="quiet" disabled={shown.out} onClick={does.popOut} shortcut="o">
              <PictureInPicture2 aria-hidden="true" />
              {m.session_pop_out()}
            </Button>
            <Button kind="quiet" onClick={does.fullScreen} shortcut="Shift+F">
              <Maximize aria-hidden="true" />
              {m.session_full_screen()}
            </Button>
          </span>
        </>
      )}
      {media}
      {fold}
    </Toolbar>
  )
}
