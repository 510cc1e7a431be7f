import { effect, type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import { openBoard } from '../../peer/board/board.ts'
import { type BoardSync, syncBoard } from '../../peer/board/board-sync.ts'
import { openBoardWire } from '../../peer/board/board-wire.ts'
import { liveDrawings } from '../../peer/board/live-drawings.ts'
import { ownDrawings } from '../../peer/board/own-drawings.ts'
import type { SharedBoard } from '../../peer/board/shared-board.ts'
import type { TechnicianTalk } from '../../peer/live-link.ts'
import { randomId } from '../../peer/random-id.ts'
import { BLANK, type SurfaceId } from '../../protocol/board.ts'
import { Bytes16 } from '../../protocol/ids.ts'
import type { Room } from '../rooms/room.ts'
import { customerCopy } from './customer-copy.ts'

/** A ticket's whiteboard at this desk: kept with the ticket, seen by the colleagues who may open it, and by its customer over the link. */
export type TicketBoard = SharedBoard & {
  readonly loaded: Promise<void>
  readonly mayDraw: ReadonlySignal<boolean>
  /** Whether the customer may draw, and erase. */
  allow(may: boolean): void
  /** What the technician draws on now: the customer's page brings it into sight. */
  show(surface: SurfaceId | null): void
  /** Something will be drawn: the customer's page may get ready for it. */
  prepare(): void
  /** Begins on each new link. */
  part(link: TechnicianTalk): void
  /** The session is over: whoever comes next has not been allowed to draw, and is shown nothing yet. */
  over(): void
}

/** @param name of the technician who draws here, as the customer reads it */
export function ticketBoard(
  { document: kept, loaded }: Pick<Room, 'document' | 'loaded'>,
  name: string,
  until: AbortSignal,
): TicketBoard {
  const board = openBoard(kept, until)
  const theirs = liveDrawings()
  const mine = ownDrawings()
  const mayDraw = signal(false)
  const shown = signal<SurfaceId | null>(null)
  /** The customer's page has its part of the code, or gets it. */
  const wanted = signal(false)
  const id = v.parse(Bytes16, randomId())
  let current: TechnicianTalk | undefined
  const { document, origin } = customerCopy({
    kept,
    board,
    mayDraw: mayDraw.peek.bind(mayDraw),
    onHostile: (why) => current?.refuse(why),
    signal: until,
  })
  board.onChange(({ added }) => {
    theirs.finished(added)
    wanted.value = true
  }, until)
  if (board.items.size > 0) wanted.value = true

  return {
    document: kept,
    board,
    me: { role: 'technician', name },
    theirs,
    mine,
    loaded,
    mayDraw,
    allow(may) {
      mayDraw.value = may
      if (may) wanted.value = true
      else theirs.forget()
    },
    show(surface) {
      shown.value = surface
      if (surface === BLANK) wanted.value = true
    },
    prepare() {
      wanted.value = true
    },
    over() {
      mayDraw.value = false
      shown.value = null
      theirs.forget()
    },
    part(link) {
      let sync: BoardSync | undefined
      const wire = openBoardWire(link, {
        document: (message) => {
          begin()
          sync?.hear(message)
        },
        live: (bytes) => {
          if (mayDraw.peek() && !theirs.hear(bytes, 'customer')) link.refuse('nothing that is drawn')
        },
      })
      link.onFrame('board', wire.hear)
      current = link
      mine.use(wire.sendLive, link.signal)
      const stop = effect(() => {
        link.send({ type: 'board-state', board: id, mayDraw: mayDraw.value, shown: shown.value })
        if (wanted.value) begin()
      })
      link.signal.addEventListener('abort', () => {
        stop()
        if (current === link) theirs.forget()
      })

      function begin() {
        sync ??= syncBoard(document, wire, origin, link)
      }
    },
  }
}
