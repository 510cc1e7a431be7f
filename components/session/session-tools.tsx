import './session-tools.css'
import {
  Camera,
  ChevronDown,
  ChevronUp,
  Gauge,
  Maximize,
  Minus,
  PencilLine,
  PictureInPicture2,
  Plus,
  Scan,
} from 'lucide-preact'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { SurfaceId } from '../../protocol/board.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { DeskBoardTools } from '../board/desk-board-tools.tsx'
import type { Drawing } from '../board/drawing.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { RecordButton } from '../media/record-button.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Toolbar } from '../ui/toolbar.tsx'
import { AskAnother } from './ask-another.tsx'
import { ModeChoice } from './mode-choice.tsx'
import { SoundTools } from './sound-tools.tsx'

type Does = Record<'fit' | 'actual' | 'zoomIn' | 'zoomOut' | 'fullScreen' | 'figures' | 'popOut' | 'fold', () => void>
type Shown = { figures: boolean; tools: boolean; out: boolean; surface: SurfaceId | undefined }

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
  shown: Shown
}

/**
 * What can be done in a session: draw, and more while there is a picture. Two rows that always have the same height: a picture that
 * moved because a tool came would be drawn on in the wrong place.
 */
export function SessionTools(props: Props) {
  const { attendance, board, drawing, name, does, shown } = props
  const state = attendance.state.value
  if (state.kind !== 'live') return null
  const shared = state.screen.kind === 'shared' ? state.screen : undefined
  const fold = (
    <IconButton
      label={shown.tools ? m.session_fold() : m.session_unfold()}
      aria-expanded={shown.tools}
      onClick={does.fold}
      shortcut="u"
    >
      {shown.tools ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
    </IconButton>
  )
  // Folded away they are still there: their keys go on, and so does what is shown to the customer.
  return (
    <Toolbar class={`session-tools ${shown.tools ? '' : 'session-tools-folded'}`} label={m.session_tools()}>
      <span class="session-tools-row" hidden={shared && !shown.tools}>
        <span class="session-tools-fold" hidden={!shown.tools}>
          <DeskBoardTools {...{ board, drawing, name }} screen={shown.surface} />
        </span>
        {!shared && fold}
      </span>
      {shared && (
        <span class="session-tools-row">
          <span class="session-tools-fold" hidden={!shown.tools}>
            <ModeChoice screen={shared} onMode={attendance.setMode} />
            <ViewTools {...props} />
            <AskAnother attendance={attendance} />
            <SoundTools sound={attendance.sound} />
          </span>
          <KeepTools {...props} />
          {fold}
        </span>
      )}
    </Toolbar>
  )
}

/** How the picture is looked at. */
function ViewTools({ scale, does, shown }: Pick<Props, 'scale' | 'does' | 'shown'>) {
  return (
    <span class="session-tools-group">
      <IconButton label={m.session_fit()} aria-pressed={scale === undefined} onClick={does.fit} shortcut="f">
        <Scan aria-hidden="true" />
      </IconButton>
      <IconButton label={m.session_actual()} aria-pressed={scale === 100} onClick={does.actual} shortcut="0">
        <span class="one-to-one" aria-hidden="true">
          1:1
        </span>
      </IconButton>
      <IconButton label={m.session_zoom_out()} onClick={does.zoomOut} shortcut="-">
        <Minus aria-hidden="true" />
      </IconButton>
      <IconButton label={m.session_zoom_in()} onClick={does.zoomIn} shortcut="+">
        <Plus aria-hidden="true" />
      </IconButton>
      {scale !== undefined && (
        <output class="figures" aria-label={m.session_scale()}>
          {m.session_percent({ count: scale })}
        </output>
      )}
      <IconButton label={m.session_figures()} aria-pressed={shown.figures} onClick={does.figures} shortcut="i">
        <Gauge aria-hidden="true" />
      </IconButton>
      <IconButton label={m.session_pop_out()} disabled={shown.out} onClick={does.popOut} shortcut="o">
        <PictureInPicture2 aria-hidden="true" />
      </IconButton>
      <IconButton label={m.session_full_screen()} onClick={does.fullScreen} shortcut="Shift+F">
        <Maximize aria-hidden="true" />
      </IconButton>
    </span>
  )
}

/** What is kept of the picture. */
function KeepTools({ ticket, attendance, onSnapshot }: Pick<Props, 'ticket' | 'attendance' | 'onSnapshot'>) {
  const { drawings } = useWorkplace().desk.recordings
  const turnDrawings = () => {
    drawings.value = !drawings.value
  }
  useShortcuts({ d: turnDrawings })
  return (
    <span class="session-tools-group">
      <Button kind="quiet" shortcut="s" title={m.media_snapshot()} onClick={onSnapshot}>
        <Camera aria-hidden="true" />
        <span class="tool-words">{m.media_snapshot()}</span>
      </Button>
      <RecordButton ticket={ticket} consents={attendance.consents} />
      <IconButton label={m.media_with_drawings()} aria-pressed={drawings.value} shortcut="d" onClick={turnDrawings}>
        <PencilLine aria-hidden="true" />
      </IconButton>
    </span>
  )
}
