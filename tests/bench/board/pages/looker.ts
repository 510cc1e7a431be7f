import { liveLayer } from '../../../../components/board/live-layer.ts'
import { pageBoard } from '../../../../customer/join/page-board.ts'
import { STRIDE } from '../../../../peer/board/item.ts'
import { openCustomerSession } from '../../../../peer/customer-session.ts'
import { createScreenShare } from '../../../../peer/share.ts'
import { SCREEN } from '../../../../protocol/board.ts'
import { about, bareChannel, clock, ignore, openRelay } from './session.ts'

declare global {
  interface Window {
    /** When each point of the stroke was seen here, wall clock in ms: by the board, and over the bare channel. */
    seen: { board: number[]; bare: number[] }
  }
}

const seen: Window['seen'] = { board: [], bare: [] }
const board = pageBoard(about.signal)
const canvas = document.createElement('canvas')
document.body.append(canvas)
const { theirs } = board.shared.value
liveLayer(canvas, board.shared.value, SCREEN, about.signal).resize(1280, 720)
// Asked for after the layer has: it has painted by then.
theirs.onChange(() => requestAnimationFrame(() => note(seen.board, pointsOf())), about.signal)

openCustomerSession({
  ...about,
  relay: await openRelay(),
  share: createScreenShare({ signal: about.signal }),
  parts: [
    (link) => {
      const { state, frame } = board.attach(link)
      link.on('board-state', state)
      link.onFrame('board', frame)
      bareChannel(link.connection).onmessage = ({ data }) => requestAnimationFrame(() => note(seen.bare, Number(data)))
    },
  ],
  on: { state: ignore, chat: ignore, chatReceived: ignore },
})
window.seen = seen

function pointsOf(): number {
  const [item] = theirs.drawings.values()
  return item?.kind === 'pen' ? item.points.length / STRIDE : 0
}

/** All up to this one are seen now. */
function note(times: number[], count: number) {
  while (times.length < count) times.push(clock())
}
