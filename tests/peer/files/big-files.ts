import { createHash, randomFillSync } from 'node:crypto'
import type { Sink } from '../../../peer/files/sink.ts'
import type { SourceFile } from '../../../peer/files/source.ts'
import { FILE_PIECE } from '../../../protocol/limits.ts'

/** A file that is not in memory: each piece is a random one with its own number in front. `sha256`: of all of it. */
export function bigFile(name: string, pieces: number): SourceFile & { sha256: string } {
  const base = randomFillSync(new Uint8Array(FILE_PIECE))
  const piece = (number: number) => {
    const bytes = base.slice()
    new DataView(bytes.buffer).setUint32(0, number)
    return bytes
  }
  const hash = createHash('sha256')
  for (let number = 0; number < pieces; number += 1) hash.update(piece(number))
  return {
    path: [name],
    size: pieces * FILE_PIECE,
    modified: 1_700_000_000_000,
    sha256: hash.digest('hex'),
    async read(start, end) {
      const bytes = new Uint8Array(end - start)
      for (let at = start; at < end; at += FILE_PIECE) {
        bytes.set(piece(at / FILE_PIECE).subarray(0, end - at), at - start)
      }
      return bytes
    },
  }
}

/** Keeps of each file only its hash. */
export function hashingSink(): { sink: Sink; hashes: Map<string, string> } {
  const hashes = new Map<string, string>()
  const sink: Sink = {
    async open({ path }) {
      const hash = createHash('sha256')
      return {
        async write(bytes) {
          hash.update(bytes)
          return bytes
        },
        keep: async () => void hashes.set(path.join('/'), hash.digest('hex')),
        drop: async () => {},
      }
    },
  }
  return { sink, hashes }
}
