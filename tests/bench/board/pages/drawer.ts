import * as Y from 'yjs'
import { ticketBoard } from '../../../../desk/board/ticket-board.ts'
import { newItemId } from '../../../../peer/board/item.ts'
import { openTechnicianSession } from '../../../../peer/technician-session.ts'
import { SCREEN } from '../../../../protocol/board.ts'
import { about, bareChannel, clock, ignore, openRelay } from './session.ts'

declare global {
  interface Window {
    /** Draws one stroke, a point each 8 ms; there as soon as it may be called. @returns when each point was drawn, wall clock in ms */
    drawStroke(points: number): Promise<number[]>
  }
}

const board = ticketBoard({ document: new Y.Doc(), loaded: Promise.resolve() }, 'Grace Hopper', about.signal)
board.prepare()
openTechnicianSession({
  ...about,
  relay: await openRelay(),
  parts: [
    board.part,
    ({ connection }) => {
      const bare = bareChannel(connection)
      bare.onopen = () => {
        window.drawStroke = (points) => draw(points, bare)
      }
    },
  ],
  on: { state: ignore, chat: ignore, chatReceived: ignore, screen: ignore, stream: ignore, quality: ignore },
})

async function draw(count: number, bare: RTCDataChannel): Promise<number[]> {
  const id = newItemId()
  const drawn: number[] = []
  const points: number[] = []
  for (let n = 1; n <= count; n++) {
    await new Promise((resolve) => setTimeout(resolve, 8))
    points.push((n * 20) % 16_000, 8000 + Math.round(Math.sin(n / 10) * 2000), 128)
    drawn.push(clock())
    bare.send(String(n))
    const { me } = board
    board.mine.draw(id, { kind: 'pen', points: new Uint16Array(points), surface: SCREEN, by: me, colour: 0, width: 4 })
  }
  return drawn
}
