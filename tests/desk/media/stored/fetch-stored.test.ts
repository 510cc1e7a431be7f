import { randomFillSync } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { beginKeyring } from '../../../../desk/keys/keyring.ts'
import { mediaKeys } from '../../../../desk/media/lending/media-seal.ts'
import { fetchStored } from '../../../../desk/media/stored/fetch-stored.ts'
import { sealPiece } from '../../../../desk/media/stored/piece-seal.ts'
import { earlierKeysOf } from '../../../../desk/rooms/room-seal.ts'
import { createReceiver } from '../../../../peer/files/receive.ts'
import { randomId } from '../../../../peer/random-id.ts'
import { TechnicianId } from '../../../../protocol/ids.ts'
import { MediaId } from '../../../../protocol/media.ts'
import { memorySink } from '../../../peer/files/memory-files.ts'
import { drawGroup, drawTicket } from '../../../support/keys.ts'

const MIB = 1024 * 1024

/** What a server keeps of a film of so many bytes, and a receiver of it. */
async function stored(size: number) {
  const [group, ticket] = [drawGroup(), drawTicket()]
  const keys = await mediaKeys(ticket, await earlierKeysOf(await beginKeyring(group), ticket))
  const id = v.parse(MediaId, randomId())
  const film = randomFillSync(new Uint8Array(size))
  const pieces: Uint8Array[] = []
  for (let at = 0; at < size; at += MIB) {
    const place = { id, bytes: size, piece: pieces.length }
    pieces.push(await sealPiece(keys, place, film.slice(at, at + MIB)))
  }
  const { sink, kept } = memorySink()
  const receiver = createReceiver({ sink, count: 1, limit: size, refuses: () => undefined })
  const asked: number[] = []
  const get = async (_ticket: unknown, _id: unknown, piece: number) => {
    asked.push(piece)
    return new Uint8Array(pieces[piece] ?? [])
  }
  const listed = { id, kind: 'recording', number: 1, at: 1, by: v.parse(TechnicianId, 'ada'), bytes: size } as const
  const fetch = (signal = AbortSignal.timeout(20_000)) =>
    fetchStored({
      of: { ticket, group },
      listed: { ...listed, width: 1, height: 1 },
      receiver,
      server: { get },
      keys,
      onProgress() {},
      signal,
    })
  return { film, id, kept, asked, receiver, fetch, pieces }
}

test('L3 a film of several stored pieces comes whole, and each piece is asked for once', async () => {
  const { film, id, kept, asked, receiver, fetch } = await stored(5 * MIB + 12_345)
  await fetch()
  expect(receiver.outcomes).toMatchObject([{ kind: 'whole' }])
  expect(Buffer.compare(kept.get(id) ?? new Uint8Array(0), film)).toBe(0)
  expect(asked).toEqual([0, 1, 2, 3, 4, 5])
})

test('L3 stored pieces that are missing, or in each other’s place, are not taken', async () => {
  const { kept, receiver, fetch, pieces } = await stored(3 * MIB)
  const [first, second, third] = pieces
  if (!first || !second || !third) throw new Error('no pieces')
  pieces.splice(1, 2, third, second)
  await expect(fetch()).rejects.toMatchObject({ why: 'tampered' })
  pieces.splice(1, 2, second)
  await expect(fetch()).rejects.toThrow()
  expect([kept.size, receiver.finished]).toEqual([0, false])
})
