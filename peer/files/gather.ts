import { FILE_PIECE } from '../../protocol/limits.ts'
import { createPieceHashes, hashPiece, pieceAt, sameHash } from './pieces.ts'
import { RecordError } from './records.ts'
import type { FileSink } from './sink.ts'

/**
 * Files are written in parts of so many bytes: each costs a message to the worker, and for larger ones a browser asks the system for memory
 * each time. A file that is no larger is put away once it is whole.
 */
export const FILE_PART = 2 * FILE_PIECE

/** The bytes of one file as they come: checked piece by piece, and gathered until they are worth a write. */
export type Gathered = {
  /** Bytes that came. */
  readonly came: number
  /** All that is not written; of a small file all. */
  readonly content: Uint8Array<ArrayBuffer>
  /** @throws RecordError where the piece has no more. */
  add(bytes: Uint8Array): void
  /** @returns whether the piece that came has this hash. @throws RecordError where there is no whole one. */
  check(hash: Uint8Array): Promise<boolean>
  /** Behind each piece that was right: writes what there is, if it is enough. Rejects as the sink does. */
  writeTo(sink: FileSink): Promise<void>
  /** Whether all pieces together have this mark. */
  has(mark: Uint8Array): Promise<boolean>
  /** Where a whole piece came without its hash, its last byte has to come again. @returns how many bytes that is: 1 or 0 */
  stepBack(): number
}

export function gatherFile(size: number): Gathered {
  const hashes = createPieceHashes()
  let memory = new Uint8Array(Math.min(size, FILE_PART))
  /** Where in the file the memory begins. */
  let start = 0
  let came = 0
  const checked = () => hashes.count * FILE_PIECE

  return {
    get came() {
      return came
    },
    get content() {
      return memory.subarray(0, came - start)
    },
    add(bytes) {
      if (came + bytes.length > pieceAt(checked(), size).end) throw new RecordError('more data than the piece has')
      memory.set(bytes, came - start)
      came += bytes.length
    },
    async check(hash) {
      const from = checked()
      if (came <= from || (came < size && came - from < FILE_PIECE)) throw new RecordError('a piece too soon')
      const own = await hashPiece(memory.subarray(from - start, came - start))
      if (!sameHash(own, hash)) return false
      hashes.set(hashes.count, own)
      return true
    },
    async writeTo(sink) {
      if (came < size && came - start < FILE_PART) return
      const back = await sink.write(memory.subarray(0, came - start))
      start = came
      // The memory of one part serves the whole file, where the place gives it back.
      if (came < size) memory = back ? new Uint8Array(back.buffer) : new Uint8Array(FILE_PART)
    },
    async has(mark) {
      return sameHash(await hashes.mark(), mark)
    },
    stepBack() {
      const isPiece = came > checked() && came === pieceAt(checked(), size).end
      if (isPiece) came -= 1
      return isPiece ? 1 : 0
    },
  }
}
