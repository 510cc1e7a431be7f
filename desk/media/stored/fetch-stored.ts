import type { Receiver } from '../../../peer/files/receive.ts'
import { decodeRecords } from '../../../peer/files/records.ts'
import { createSender, hashesBefore } from '../../../peer/files/send.ts'
import { isFull } from '../../../peer/files/sink.ts'
import type { SourceFile } from '../../../peer/files/source.ts'
import { joinBytes } from '../../../peer/join-bytes.ts'
import { RefusedError } from '../../../protocol/errors.ts'
import { STORED_PIECE } from '../../../protocol/limits.ts'
import type { ListedMedia } from '../../case/case-media.ts'
import { GroupSealError } from '../../rooms/room-seal.ts'
import type { ServerMedia } from '../../server/server-media.ts'
import { FetchError } from '../lending/fetch-state.ts'
import type { MediaKeys } from '../lending/media-seal.ts'
import type { Sought } from '../lending/whereabouts.ts'
import { patiently } from './patient.ts'
import { openPiece } from './piece-seal.ts'

type Parts = {
  of: Sought
  listed: ListedMedia
  receiver: Receiver
  server: Pick<ServerMedia, 'get'>
  keys: MediaKeys
  onProgress(): void
  signal: AbortSignal
}

/** The rest of an image from the server, piece by piece, each of which must open in its place. @throws FetchError, or the signal's reason */
export async function fetchStored({ of, listed, receiver, server, keys, onProgress, signal }: Parts): Promise<void> {
  const { id, bytes, at } = listed
  let failed: unknown
  let opened: { piece: number; plain: Uint8Array<ArrayBuffer> } | undefined
  async function pieceOf(byte: number) {
    const piece = Math.floor(byte / STORED_PIECE)
    if (opened?.piece === piece) return opened
    const sealed = await patiently(() => server.get(of.ticket, id, piece, signal), signal)
    opened = { piece, plain: await openPiece(keys, { id, bytes, piece }, sealed) }
    return opened
  }
  const source: SourceFile = {
    path: [id],
    size: bytes,
    modified: at,
    async read(start, end) {
      try {
        const parts: Uint8Array[] = []
        for (let from = start; from < end; ) {
          const { piece, plain } = await pieceOf(from)
          const behind = piece * STORED_PIECE
          // Shorter than it must be: what is missing is found out behind this.
          if (behind + plain.length <= from) break
          parts.push(plain.subarray(from - behind, end - behind))
          from = behind + plain.length
        }
        return joinBytes(parts)
      } catch (error) {
        failed ??= error
        throw error
      }
    },
  }
  try {
    const position = await receiver.position()
    const sender = createSender([source], await hashesBefore(source, position.index === 0 ? position.offset : 0))
    for await (const { frame } of sender.frames(position)) {
      signal.throwIfAborted()
      if (failed) break
      for (const record of decodeRecords(joinBytes(frame))) await receiver.take(record)
      onProgress()
    }
  } catch (error) {
    failed ??= error
  }
  if (failed) throw whyOf(failed)
}

/** Sealed by a key that is not here yet: it may be shared any moment, and it is tried again by whoever asks. */
function whyOf(failed: unknown): unknown {
  if (failed instanceof GroupSealError) return new FetchError(failed.why === 'tampered' ? 'tampered' : 'failed')
  if (isFull(failed)) return new FetchError('full')
  if (failed instanceof RefusedError) return new FetchError(failed.refusal.code === 'not-found' ? 'gone' : 'failed')
  return failed
}
