import type { Sink } from '../../../peer/files/sink.ts'
import type { MediaId } from '../../../protocol/media.ts'
import { type MediaBytes, PART } from '../media-bytes.ts'

/** The place of one image that is fetched: piece by piece on the disk, under its own name once it is whole and checked. */
export function partSink(bytes: Pick<MediaBytes, 'append' | 'move' | 'remove'>, id: MediaId): Sink {
  const part = `${id}${PART}`
  return {
    async open() {
      await bytes.remove(part)
      return {
        async write(piece) {
          await bytes.append(part, piece)
          return undefined
        },
        keep: () => bytes.move(part, id),
        drop: () => bytes.remove(part),
      }
    },
  }
}
