import { FILE_PIECE } from '../../protocol/limits.ts'

/** A file is hashed in pieces of `FILE_PIECE` bytes, which WebCrypto does in one call each; its mark is the hash of their hashes. */

/** Of SHA-256. */
export const HASH_BYTES = 32

export async function hashPiece(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** Those of a file's pieces, in one memory: large files have tens of thousands. */
export type PieceHashes = {
  readonly count: number
  /** `index`: `count` at most. */
  set(index: number, hash: Uint8Array): void
  /** The mark of a file with these pieces; an empty file has none of them. */
  mark(): Promise<Uint8Array<ArrayBuffer>>
}

export function createPieceHashes(): PieceHashes {
  let all = new Uint8Array(HASH_BYTES)
  let count = 0
  return {
    get count() {
      return count
    },
    set(index, hash) {
      if (all.length === index * HASH_BYTES) {
        const larger = new Uint8Array(all.length * 2)
        larger.set(all)
        all = larger
      }
      all.set(hash, index * HASH_BYTES)
      count = Math.max(count, index + 1)
    },
    mark: () => hashPiece(all.subarray(0, count * HASH_BYTES)),
  }
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Where the piece around this byte begins and ends. */
export function pieceAt(offset: number, size: number): { start: number; end: number } {
  const start = offset - (offset % FILE_PIECE)
  return { start, end: Math.min(size, start + FILE_PIECE) }
}
