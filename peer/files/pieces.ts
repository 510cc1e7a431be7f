import { FILE_PIECE } from '../../protocol/limits.ts'

/** A file is hashed in pieces of `FILE_PIECE` bytes, which WebCrypto does in one call each; its mark is the hash of their hashes. */

/** SHA-256, 32 bytes. */
export async function hashPiece(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** The mark of a file with these pieces; an empty file has none of them. */
export function markOf(hashes: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(hashes.length * 32)
  for (const [index, hash] of hashes.entries()) all.set(hash, index * 32)
  return hashPiece(all)
}

export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Where the piece around this byte begins and ends. */
export function pieceAt(offset: number, size: number): { start: number; end: number } {
  const start = offset - (offset % FILE_PIECE)
  return { start, end: Math.min(size, start + FILE_PIECE) }
}
