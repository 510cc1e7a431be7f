import { MAX_BOARD_MESSAGE, MAX_FRAME_PAYLOAD } from '../../protocol/limits.ts'
import { allowance } from '../allowance.ts'
import type { Frame } from '../frames.ts'
import { joinBytes } from '../join-bytes.ts'
import type { LinkTalk } from '../live-link.ts'

/** Streams of the link's `board` frames: the document, and what is being drawn. */
const DOCUMENT = 0
const LIVE = 1

/** The first byte of a document's frame: whether the message goes on in the next one. */
const LAST = 0
const MORE = 1

/** Pages of ours send a frame for each picture of a fast screen, and a whole board when a link comes up. */
const FRAMES = { atOnce: 2000, perSecond: 300 }
const BYTES = { atOnce: 16 * 1024 * 1024, perSecond: 64 * 1024 }

/** A link as the board uses it. */
export type BoardTalk = Pick<LinkTalk<never, never>, 'sendFrame' | 'refuse' | 'signal'>

export type BoardWire = {
  /** A frame of the link. */
  hear(frame: Frame): void
  /** In order with everything else; a long message in several frames. */
  sendDocument(message: Uint8Array): void
  /** @returns when the next one may follow. Never rejects. */
  sendLive(message: Uint8Array): Promise<void>
}

/** Board messages over one link, put together from its frames. */
export function openBoardWire(
  link: BoardTalk,
  on: { document(message: Uint8Array): void; live(message: Uint8Array): void },
): BoardWire {
  const frames = allowance(FRAMES)
  const bytes = allowance(BYTES)
  let pieces: Uint8Array[] = []
  let sending = Promise.resolve()

  function hear({ stream, payload }: Frame) {
    if (link.signal.aborted) return
    if (!frames.take(1) || !bytes.take(payload.length)) return link.refuse('a flood on the board')
    if (stream === LIVE) return on.live(payload)
    if (stream === DOCUMENT) return hearPiece(payload)
    link.refuse('a board has two streams')
  }

  function hearPiece(payload: Uint8Array) {
    pieces.push(payload.subarray(1))
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
    if (length > MAX_BOARD_MESSAGE || (payload[0] !== LAST && payload[0] !== MORE)) {
      return link.refuse('no message of a board')
    }
    if (payload[0] === MORE) return
    const message = joinBytes(pieces)
    pieces = []
    on.document(message)
  }

  function send(stream: number, payload: Uint8Array): Promise<void> {
    sending = sending.then(() => link.sendFrame('board', stream, payload)).catch(() => {})
    return sending
  }

  return {
    hear,
    sendDocument(message) {
      const room = MAX_FRAME_PAYLOAD - 1
      for (let at = 0; at < message.length; at += room) {
        const piece = message.subarray(at, at + room)
        const payload = new Uint8Array(piece.length + 1)
        payload[0] = at + room < message.length ? MORE : LAST
        payload.set(piece, 1)
        void send(DOCUMENT, payload)
      }
    },
    sendLive: (message) => send(LIVE, message),
  }
}
