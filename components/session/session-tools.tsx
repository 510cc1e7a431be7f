import { Maximize, Scan } from 'lucide-preact'
import type { Attendance } from '../../desk/attendance.ts'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import { m } from '../../paraglide/messages.js'
import { DeskBoardTools } from '../board/desk-board-tools.tsx'
import type { Drawing } from '../board/drawing.ts'
import { Button } from '../ui/button.tsx'
import { ModeChoice } from './mode-choice.tsx'
import type { Scale } from './session-main.tsx'

type Props = {
  attendance: Attendance
  board: TicketBoard
  drawing: Drawing
  name: string
  scale: Scale
  onScale: (scale: Scale) => void
  onFullScreen: () => void
}

/** What can be done in a session: draw, and more while there is a picture. */
export function SessionTools({ attendance, board, drawing, name, scale, onScale, onFullScreen }: Props) {
  const state = attendance.state.value
  if (state.kind !== 'live') return null
  const { screen } = state
  return (
    <div class="session-tools" role="toolbar" aria-label={m.session_tools()}>
      <DeskBoardTools board={board} drawing={drawing} name={name} picture={screen.kind === 'shared'} />
      {screen.kind === 'shared' && (
        <>
          <ModeChoice screen={screen} onMode={attendance.setMode} />
          <Button
            kind="quiet"
            aria-pressed={scale === 'fit'}
            onClick={() => onScale(scale === 'fit' ? 'actual' : 'fit')}
          >
            <Scan aria-hidden="true" />
            {m.session_fit()}
          </Button>
          <Button kind="quiet" onClick={onFullScreen}>
            <Maximize aria-hidden="true" />
            {m.session_full_screen()}
          </Button>
        </>
      )}
    </div>
  )
}
