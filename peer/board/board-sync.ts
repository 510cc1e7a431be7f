import { createDecoder, hasContent, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { encode } from 'lib0/encoding'
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  messageYjsUpdate,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from 'y-protocols/sync'
import type * as Y from 'yjs'
import { allowance } from '../allowance.ts'
import { applyFromOutside } from '../apply-update.ts'
import type { BoardTalk, BoardWire } from './board-wire.ts'

/** An answer to a state vector may be the whole board: pages of ours ask once for a document. */
const QUESTIONS = { atOnce: 20, perSecond: 0.1 }
/** A state vector has a line for each page that ever drew on the board. */
const MAX_STATE_VECTOR = 64 * 1024
/** What waits for something that was not sent yet, as it may while a new link begins, in bytes. */
const MAX_PENDING = 1024 * 1024

/** Keeps a document and the one at the other end of a link the same. */
export type BoardSync = {
  hear(message: Uint8Array): void
}

/**
 * Begins at once: asks for what is missing here, and sends each change from now on.
 * @param origin marks what came from the other side. @param link or one that ends with the document
 */
export function syncBoard(
  document: Y.Doc,
  wire: Pick<BoardWire, 'sendDocument'>,
  origin: object,
  { refuse, signal }: Pick<BoardTalk, 'refuse' | 'signal'>,
): BoardSync {
  const questions = allowance(QUESTIONS)
  const written = (update: Uint8Array, from: unknown) => {
    if (from !== origin) wire.sendDocument(encode((encoder) => writeUpdate(encoder, update)))
  }
  document.on('update', written)
  signal.addEventListener('abort', () => document.off('update', written), { once: true })
  wire.sendDocument(encode((encoder) => writeSyncStep1(encoder, document)))

  function hear(message: Uint8Array) {
    const decoder = createDecoder(message)
    const type = readVarUint(decoder)
    const content = readVarUint8Array(decoder)
    if (hasContent(decoder)) throw new Error('more than one message')
    switch (type) {
      case messageYjsSyncStep1:
        if (content.length > MAX_STATE_VECTOR || !questions.take(1)) throw new Error('too many questions')
        return wire.sendDocument(encode((encoder) => writeSyncStep2(encoder, document, content)))
      case messageYjsSyncStep2:
      case messageYjsUpdate:
        if (!applyFromOutside(document, content, origin)) throw new Error('no update')
        if ((document.store.pendingStructs?.update.length ?? 0) > MAX_PENDING) throw new Error('too much is missing')
        return
      default:
        throw new Error('no message of a document')
    }
  }

  return {
    hear(message) {
      try {
        hear(message)
      } catch (cause) {
        refuse(String(cause))
      }
    },
  }
}
