import { type ReadonlySignal, signal } from '@preact/signals'
import * as Y from 'yjs'
import { openBoard } from '../../peer/board/board.ts'
import { type BoardSync, syncBoard } from '../../peer/board/board-sync.ts'
import { type BoardTalk, openBoardWire } from '../../peer/board/board-wire.ts'
import type { Author } from '../../peer/board/item.ts'
import { liveDrawings } from '../../peer/board/live-drawings.ts'
import { ownDrawings } from '../../peer/board/own-drawings.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { Frame } from '../../peer/frames.ts'
import type { BoardState, SurfaceId } from '../../protocol/board.ts'

/** The whiteboard on the customer's page: in memory, as long as the page has its seat. */
export type PageBoard = {
  /** Another one where the technician's side began another document. */
  readonly shared: ReadonlySignal<SharedBoard>
  readonly mayDraw: ReadonlySignal<boolean>
  /** What the technician draws on. */
  readonly shown: ReadonlySignal<SurfaceId | null>
  /** Begins on a new link. @returns what reads it */
  attach(link: BoardTalk): PageBoardReader
}

export type PageBoardReader = { state(state: BoardState): void; frame(frame: Frame): void }

/** The desk knows the customer's name, this page does not. */
const ME: Author = { role: 'customer', name: '' }

export function pageBoard(until: AbortSignal): PageBoard {
  const theirs = liveDrawings()
  const mine = ownDrawings()
  const mayDraw = signal(false)
  const shown = signal<SurfaceId | null>(null)
  const origin = {}
  let life = new AbortController()
  let id: string | undefined
  let document = new Y.Doc()
  const shared = signal(share())
  let current: BoardTalk | undefined

  function share(): SharedBoard {
    const board = openBoard(document, life.signal)
    board.onChange(({ added }) => theirs.finished(added), life.signal)
    return { document, board, me: ME, theirs, mine }
  }

  /** What is here of another document is void: the technician's side has not got it, or gives it again. */
  function beginAnew() {
    life.abort()
    life = new AbortController()
    document.destroy()
    document = new Y.Doc()
    shared.value = share()
  }

  until.addEventListener('abort', () => {
    life.abort()
    document.destroy()
  })

  return {
    shared,
    mayDraw,
    shown,
    attach(link) {
      current = link
      let sync: BoardSync | undefined
      const wire = openBoardWire(link, {
        document(message) {
          sync ??= syncBoard(document, wire, origin, { refuse: link.refuse, signal: both(link.signal, life.signal) })
          sync.hear(message)
        },
        live(bytes) {
          if (!theirs.hear(bytes, 'technician')) link.refuse('nothing that is drawn')
        },
      })
      mine.use(wire.sendLive, link.signal)
      link.signal.addEventListener('abort', () => {
        if (current === link) theirs.forget()
      })
      return {
        frame: wire.hear,
        state(state) {
          if (id !== undefined && id !== state.board) {
            beginAnew()
            sync = undefined
          }
          id = state.board
          mayDraw.value = state.mayDraw
          shown.value = state.shown
        },
      }
    },
  }
}

const both = (a: AbortSignal, b: AbortSignal) => AbortSignal.any([a, b])
