import { type ReadonlySignal, signal } from '@preact/signals'
import type { Frame } from '../../peer/frames.ts'
import type { CustomerLink, CustomerPart } from '../../peer/live-link.ts'
import { BLANK, type BoardState } from '../../protocol/board.ts'
import { retried } from '../retried.ts'
import type { LoadedBoard } from './loaded-board.tsx'
import type { PageBoardReader } from './page-board.ts'

export type BoardView =
  | { kind: 'none' }
  | { kind: 'open'; loaded: LoadedBoard }
  /** The server has this part of the page no more: it was updated meanwhile. */
  | { kind: 'failed' }

/** The whiteboard on this page, from one seat to the next. */
export type Board = {
  readonly view: ReadonlySignal<BoardView>
  /** A fresh board for a seat; the signal ends it. */
  begin(signal: AbortSignal): CustomerPart
}

/** More than a whole board, while its code is on the way. */
const MAX_WAITING = 200

type Heard = { kind: 'state'; state: BoardState } | { kind: 'frame'; frame: Frame }

export function startBoard(): Board {
  const view = signal<BoardView>({ kind: 'none' })

  /** What a link brings waits until somebody can read it. */
  function listen(link: CustomerLink, code: () => Promise<LoadedBoard | undefined>) {
    let waiting: Heard[] = []
    let read: ((heard: Heard) => void) | undefined
    let asked = false
    const hear = (heard: Heard) => {
      if (read) return read(heard)
      waiting.push(heard)
      if (waiting.length > MAX_WAITING) return link.refuse('a flood on the board')
      if (asked || !isNeeded(heard)) return
      asked = true
      void code().then((loaded) => {
        read = loaded ? reader(loaded.board.attach(link)) : () => {}
        const before = waiting
        waiting = []
        for (const one of before) read(one)
      })
    }
    link.on('board-state', (state) => hear({ kind: 'state', state }))
    link.onFrame('board', (frame) => hear({ kind: 'frame', frame }))
  }

  return {
    view,
    begin(until) {
      view.value = { kind: 'none' }
      let loading: Promise<LoadedBoard | undefined> | undefined
      // With Yjs in it: heavy, and of no use to most.
      const code = () => {
        loading ??= retried(() => import('./loaded-board.tsx')).then(
          ({ loadBoard }) => {
            const loaded = loadBoard(until)
            if (!until.aborted) view.value = { kind: 'open', loaded }
            return loaded
          },
          () => {
            if (!until.aborted) view.value = { kind: 'failed' }
            return undefined
          },
        )
        return loading
      }
      until.addEventListener('abort', () => {
        view.value = { kind: 'none' }
      })
      return (link) => listen(link, code)
    },
  }
}

/** Whether there is anything to be seen, or will be soon. */
function isNeeded(heard: Heard): boolean {
  return heard.kind === 'frame' || heard.state.mayDraw || heard.state.shown === BLANK
}

function reader({ state, frame }: PageBoardReader): (heard: Heard) => void {
  return (heard) => (heard.kind === 'state' ? state(heard.state) : frame(heard.frame))
}
