import { expect, test } from 'vitest'
import type { Stamp } from '../../protocol/rooms.ts'
import { type Coming, judgePart } from '../../signalling/rooms/snapshot-part.ts'
import { append, drawSnapshot, pull, sealedOf, serveGroup, trySnapshot } from './support/rooms.ts'

/** A room with so many entries of 100 bytes each. */
async function serveEntries(count: number, limits: Parameters<typeof serveGroup>[0] = {}) {
  const server = await serveGroup(limits)
  for (let n = 0; n < count; n++) await append(server, server.room, sealedOf(100), server.grace.token)
  const put = (part: Parameters<typeof trySnapshot>[2], who = server.grace) =>
    trySnapshot(server, server.room, part, who.token)
  const read = (after = 0, reading?: Parameters<typeof pull>[4]) =>
    pull(server, server.room, after, server.linus.token, reading)
  return { ...server, put, read }
}

const seqs = ({ entries }: { entries: { seq: number }[] }) => entries.map(({ seq }) => seq)

test('nobody sees a part before the last one is here; then all of them stand for the entries', async () => {
  const server = await serveEntries(4)
  const { put, read } = server
  const id = drawSnapshot()
  const sealed = [sealedOf(90), sealedOf(80), sealedOf(70)]
  for (const [part, text] of sealed.slice(0, 2).entries()) {
    expect((await put({ id, upTo: 3, part, last: false, sealed: text })).status).toBe(204)
    const seen = await read()
    expect(seen).toMatchObject({ snapshot: null, parts: [], bytes: 400 })
    expect(seqs(seen)).toEqual([1, 2, 3, 4])
  }
  // Who writes meanwhile comes after it.
  await append(server, server.room, sealedOf(100), server.linus.token)
  expect((await put({ id, upTo: 3, part: 2, last: true, sealed: sealed[2] ?? '' })).status).toBe(204)
  const seen = await read()
  expect(seen).toMatchObject({ snapshot: { id, upTo: 3, parts: 3, bytes: 240 }, parts: sealed, head: 5, bytes: 440 })
  expect(seqs(seen)).toEqual([4, 5])
  // Also who has read a part of the entries, or goes on with the snapshot.
  expect(await read(2)).toMatchObject({ parts: sealed })
  expect(await read(2, { snapshot: id, part: 1 })).toMatchObject({ parts: sealed.slice(1) })
  const end = await read(2, { snapshot: id, part: 3 })
  expect([end.parts, seqs(end)]).toEqual([[], [4, 5]])
})

test('who reads a snapshot while another one takes its place reads that one from its beginning', async () => {
  const { put, read } = await serveEntries(6)
  const old = drawSnapshot()
  await put({ id: old, upTo: 3, part: 0, last: false, sealed: sealedOf(60) })
  await put({ id: old, upTo: 3, part: 1, last: true, sealed: sealedOf(60) })
  const next = { upTo: 5, sealed: sealedOf(50) }
  expect((await put(next)).status).toBe(204)
  const seen = await read(0, { snapshot: old, part: 1 })
  expect(seen.parts).toEqual([next.sealed])
  expect(seqs(seen)).toEqual([6])
  expect(seen.bytes).toBe(150)
})

test('an answer has as many parts as fit, and no entry before the last one', async () => {
  const { put, read } = await serveEntries(3)
  const id = drawSnapshot()
  for (const part of [0, 1, 2]) await put({ id, upTo: 2, part, last: part === 2, sealed: sealedOf(500_000) })
  const sizes: number[][] = []
  let part = 0
  let entries: number[] = []
  while (entries.length === 0) {
    const seen = await read(0, { snapshot: id, part })
    sizes.push([part, seen.parts.length])
    part += seen.parts.length
    entries = seqs(seen)
  }
  expect(sizes).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
  ])
  expect(entries).toEqual([3])
})

test('of two who make one at once the first goes on, and the other is told', async () => {
  const { put, read, linus } = await serveEntries(5)
  const id = drawSnapshot()
  const begin = { id, upTo: 4, part: 0, last: false, sealed: sealedOf(60) }
  expect((await put(begin)).status).toBe(204)
  const busy = { status: 409, body: { code: 'conflict', about: 'part' } }
  expect(await put({ upTo: 5, sealed: sealedOf(60) }, linus)).toMatchObject(busy)
  // Out of turn, twice, or of another one.
  expect(await put({ ...begin, part: 2 })).toMatchObject(busy)
  expect(await put(begin)).toMatchObject(busy)
  expect(await put({ ...begin, id: drawSnapshot(), part: 1 })).toMatchObject(busy)
  expect(await put({ ...begin, part: 1, upTo: 3 })).toMatchObject(busy)
  expect((await put({ ...begin, part: 1, last: true })).status).toBe(204)
  expect((await put({ upTo: 5, sealed: sealedOf(60) }, linus)).status).toBe(204)
  expect((await read()).snapshot).toMatchObject({ upTo: 5, parts: 1 })
})

test('one that nobody goes on with makes way for another, and does not stay', async () => {
  const { put, read, sql, rows } = await serveEntries(5, { expirySweepMs: 100 })
  const kept = async () => (await rows('select part from snapshot_parts')).length
  const id = drawSnapshot()
  const left = sealedOf(60)
  await put({ id, upTo: 4, part: 0, last: false, sealed: left })
  expect(await kept()).toBe(1)
  await sql('update snapshots set at = at - 61000')
  await expect.poll(kept).toBe(0)
  expect(await put({ id, upTo: 4, part: 1, last: true, sealed: left })).toMatchObject({ status: 409 })
  expect(await read()).toMatchObject({ snapshot: null, bytes: 500 })
  expect((await put({ upTo: 5, sealed: sealedOf(60) })).status).toBe(204)
})

test('one that was made of other entries does not stand for those that have their numbers now', async () => {
  const { put, read } = await serveEntries(3)
  const other = { upTo: 3, sealed: sealedOf(60), stamp: drawSnapshot() }
  expect(await put(other)).toMatchObject({ status: 409, body: { code: 'conflict', about: 'upTo' } })
  expect(await read()).toMatchObject({ snapshot: null, bytes: 300 })
})

test('parts that are on their way have as much room as the mailbox, and no more', async () => {
  const limits = { queueMailboxBytes: 500, caseMailboxBytes: 500 }
  const server = await serveEntries(5, limits)
  const { put, read, room, grace } = server
  const id = drawSnapshot()
  expect((await put({ id, upTo: 5, part: 0, last: false, sealed: sealedOf(300) })).status).toBe(204)
  expect((await put({ id, upTo: 5, part: 1, last: false, sealed: sealedOf(201) })).body).toMatchObject({
    code: 'quota',
  })
  expect((await put({ id, upTo: 5, part: 1, last: true, sealed: sealedOf(100) })).status).toBe(204)
  expect((await read()).bytes).toBe(400)
  expect(await append(server, room, sealedOf(100), grace.token)).toBe(6)
})

test('which parts are taken', () => {
  const ids = { mine: drawSnapshot(), other: drawSnapshot() } as Record<'mine' | 'other', Coming['id']>
  const stamps = { mine: drawSnapshot(), other: drawSnapshot() } as Record<'mine' | 'other', Stamp>
  const room = { snapshot: 4, stamp: stamps.mine }
  const coming: Coming = { id: ids.mine, upTo: 8, parts: 2, at: 100_000 }
  const judge = (part: number, id = ids.mine, upTo = 8, now = 100_001) =>
    judgePart(room, coming, { id, upTo, part, stamp: stamps.mine }, now)
  expect(judge(2)).toBe('goes-on')
  expect(judge(1)).toBe('not-now')
  expect(judge(2, ids.other)).toBe('not-now')
  expect(judge(0, ids.other)).toBe('not-now')
  expect(judge(0, ids.other, 9, 160_000)).toBe('begins')
  const first = { id: ids.other, upTo: 5, part: 0, stamp: stamps.mine }
  expect(judgePart(room, undefined, first, 0)).toBe('begins')
  expect(judgePart(room, undefined, { ...first, part: 1 }, 0)).toBe('not-now')
  expect(judge(2, ids.mine, 4)).toBe('too-late')
  // There is no such entry, or another one has its number.
  expect(judgePart({ snapshot: 4, stamp: undefined }, undefined, first, 0)).toBe('too-late')
  expect(judgePart(room, undefined, { ...first, stamp: stamps.other }, 0)).toBe('too-late')
})
