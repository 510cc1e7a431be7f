import { useMemo, useRef, useState } from 'preact/hooks'
import type { Attendance } from '../../desk/attendance.ts'
import type { TicketBoard } from '../../desk/board/ticket-board.ts'
import { createDrawing } from '../board/drawing.ts'
import { SessionTools } from './session-tools.tsx'
import { Stage } from './stage.tsx'

/** `fit`: the whole screen is seen. `actual`: one pixel of theirs is one pixel here, and one scrolls. */
export type Scale = 'fit' | 'actual'

/** The picture with its tools: what full screen shows. */
export function SessionMain({ attendance, board, name }: { attendance: Attendance; board: TicketBoard; name: string }) {
  const drawing = useMemo(() => createDrawing(board.me), [board])
  const [scale, setScale] = useState<Scale>('fit')
  const element = useRef<HTMLElement>(null)

  function toggleFullScreen() {
    if (document.fullscreenElement) return void document.exitFullscreen()
    // Refused by a policy of the browser: the picture stays where it is.
    element.current?.requestFullscreen().catch(() => {})
  }

  return (
    <main class="session-main" ref={element}>
      <Stage {...{ attendance, board, drawing, name, scale }} />
      <SessionTools
        {...{ attendance, board, drawing, name, scale }}
        onScale={setScale}
        onFullScreen={toggleFullScreen}
      />
    </main>
  )
}
