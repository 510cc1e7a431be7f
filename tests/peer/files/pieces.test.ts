import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPieceHashes, hashPiece } from '../../../peer/files/pieces.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

test.each([0, 1, 2, 3, 9, 1000])('the mark of %i pieces is the hash of their hashes', async (count) => {
  const hashes = createPieceHashes()
  const each: Buffer[] = []
  for (let index = 0; index < count; index++) {
    const piece = Uint8Array.of(index, index >> 8)
    hashes.set(index, await hashPiece(piece))
    each.push(sha256(piece))
  }
  expect(hashes.count).toBe(count)
  expect(Buffer.from(await hashes.mark())).toEqual(sha256(Buffer.concat(each)))
})

test('one that is said again stays in its place', async () => {
  const hashes = createPieceHashes()
  for (const index of [0, 1, 2, 0, 1]) hashes.set(index, await hashPiece(Uint8Array.of(index)))
  expect(hashes.count).toBe(3)
  const all = Buffer.concat([0, 1, 2].map((index) => sha256(Uint8Array.of(index))))
  expect(Buffer.from(await hashes.mark())).toEqual(sha256(all))
})
