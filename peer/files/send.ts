import type { FilePath } from '../../protocol/files.ts'
import { FILE_PIECE } from '../../protocol/limits.ts'
import { type FilledFrame, fillFrames } from './fill-frames.ts'
import { createPieceHashes, hashPiece, type PieceHashes, pieceAt } from './pieces.ts'
import { type FileRecord, FRAME_ROOM, RecordError } from './records.ts'
import type { SourceFile } from './source.ts'

/** From where a receiver wants to have a transfer. */
export type Position = { index: number; offset: number }

/** What one transfer sends; it remembers over links what it has hashed. */
export type Sender = {
  /** Of data, before this position. @throws RecordError where there is none such */
  bytesBefore(position: Position): number
  /**
   * The frames from this position to the end. `wanted`: bytes of records for the next one, asked anew for each.
   * @see fillFrames
   * @throws RecordError for a position that no honest receiver can be at.
   */
  frames(from: Position, wanted?: () => number): AsyncGenerator<FilledFrame>
}

/** So many files are opened before it is their turn, since a disk answers slowly; each with its first piece at most. */
const OPEN_AHEAD = 8
type Read = ReturnType<typeof readPiece>

/**
 * @param begun piece hashes of the first file, where another sender has sent so much of it.
 * @param folders that have nothing in them
 */
export function createSender(
  files: readonly SourceFile[],
  begun = createPieceHashes(),
  folders: readonly FilePath[] = [],
): Sender {
  /** Piece hashes of the files that were begun and are not known to be over. */
  const hashes = new Map([[0, begun]])

  async function* records({ index: first, offset }: Position): AsyncGenerator<FileRecord> {
    if (first > files.length) throw new RecordError('goes on behind the last file')
    for (let index = 0; index < first; index += 1) hashes.delete(index)
    const ahead = new Map<number, Read>()
    let opened = first + 1
    for (const [behind, file] of files.slice(first).entries()) {
      const index = first + behind
      for (; opened < Math.min(files.length, index + 1 + OPEN_AHEAD); opened += 1) {
        const next = files[opened]
        if (next && next.size > 0) ahead.set(opened, readAhead(next, 0))
      }
      yield* recordsOf(index, file, index === first ? offset : 0, ahead.get(index))
      ahead.delete(index)
    }
    // On each link again: they cost little, and the receiver knows them.
    for (const path of folders) yield { kind: 'folder', path }
    yield { kind: 'finish' }
  }

  async function* recordsOf(
    index: number,
    file: SourceFile,
    offset: number,
    opened: Read | undefined,
  ): AsyncGenerator<FileRecord> {
    const { path, size, modified } = file
    const known = hashes.get(index) ?? createPieceHashes()
    if (offset > size || pieceAt(offset, size).start / FILE_PIECE > known.count) {
      throw new RecordError('goes on behind what was sent')
    }
    hashes.set(index, known)
    yield { kind: 'begin', index, path, size, modified, offset }
    try {
      let next = offset < size ? (opened ?? readPiece(file, offset)) : undefined
      /** Of the piece before, and of the one before that: with the first frame of a piece the last of the one before has gone. */
      let [before, spare]: (ArrayBuffer | undefined)[] = []
      for (let at = offset; next; ) {
        const { bytes, hash } = await next
        const { start, end } = pieceAt(at, size)
        // The next piece is read while this one goes out.
        next = end < size ? readAhead(file, end, spare) : undefined
        spare = before
        before = bytes.buffer
        known.set(start / FILE_PIECE, hash)
        yield { kind: 'data', bytes: bytes.subarray(at - start) }
        yield { kind: 'piece', hash }
        at = end
      }
    } catch (error) {
      yield { kind: 'gone', why: isChange(error) ? 'changed' : 'unreadable' }
      return
    }
    yield { kind: 'end', mark: await known.mark() }
  }

  return {
    bytesBefore({ index, offset }) {
      if (index > files.length || offset > (files[index]?.size ?? 0)) throw new RecordError('goes on behind the files')
      return files.slice(0, index).reduce((sum, { size }) => sum + size, offset)
    },
    frames: (from, wanted = () => FRAME_ROOM) => fillFrames(records(from), () => Math.min(FRAME_ROOM, wanted())),
  }
}

/** Of the whole pieces of a file before this byte, so that another sender's transfer of it can be gone on with. */
export async function hashesBefore(file: SourceFile, offset: number): Promise<PieceHashes> {
  const hashes = createPieceHashes()
  // At the end the last piece is whole, too, though it is shorter.
  const until = offset === file.size ? offset : pieceAt(offset, file.size).start
  for (let at = 0; at < until; at += FILE_PIECE) {
    hashes.set(at / FILE_PIECE, (await readPiece(file, at)).hash)
  }
  return hashes
}

/** The file is not what it was when it was picked. */
class ChangedError extends Error {}

function isChange(error: unknown): boolean {
  return error instanceof ChangedError || (error instanceof DOMException && error.name === 'NotReadableError')
}

/** What cannot be read is found out when it is its turn. */
function readAhead(file: SourceFile, at: number, memory?: ArrayBuffer): Read {
  const read = readPiece(file, at, memory)
  read.catch(() => {})
  return read
}

/** The whole piece around this byte. */
async function readPiece(file: SourceFile, at: number, memory?: ArrayBuffer) {
  const { start, end } = pieceAt(at, file.size)
  const bytes = await file.read(start, end, memory)
  if (bytes.length !== end - start) throw new ChangedError()
  return { bytes, hash: await hashPiece(bytes) }
}
