import { expect, test } from 'vitest'
import { MAX_SEALED_UPDATE } from '../../protocol/limits.ts'
import { boardRoom, caseRoom, type RoomName } from '../../protocol/rooms.ts'
import {
  append,
  change,
  openTicket,
  pull,
  pullAt,
  sealedOf,
  serveGroup,
  stampOf,
  tryAppend,
  tryPull,
  trySnapshot,
} from './support/rooms.ts'

test('entries come back in their order, with their numbers, to every member', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  expect(await pull(server, room, 0, grace.token)).toMatchObject({ snapshot: null, entries: [], head: 0, bytes: 0 })
  const sealed = [sealedOf(24), sealedOf(25), sealedOf(26)]
  for (const [index, text] of sealed.entries()) {
    expect(await append(server, room, text, index === 1 ? linus.token : grace.token)).toBe(index + 1)
  }
  const all = sealed.map((text, index) => ({ seq: index + 1, stamp: expect.any(String), sealed: text }))
  const quota = server.config.limits.queueMailboxBytes
  const nothing = { kind: 'onward', snapshot: null, parts: [] }
  expect(await pull(server, room, 0, linus.token)).toEqual({ ...nothing, entries: all, head: 3, bytes: 75, quota })
  expect((await pull(server, room, 2, server.token)).entries).toEqual(all.slice(2))
  expect(await pull(server, room, 3, grace.token)).toMatchObject({ kind: 'onward', entries: [], head: 3 })
})

test('who names an entry that is not there gets all, and is told so', async () => {
  const server = await serveGroup()
  const { room, grace } = server
  for (let n = 0; n < 3; n++) await append(server, room, sealedOf(24), grace.token)
  const [second, third] = [await stampOf(server, room, 2, grace.token), await stampOf(server, room, 3, grace.token)]
  const seen = async (after: number, stamp = second) => {
    const { kind, entries } = await pullAt(server, room, { after, stamp }, grace.token)
    return [kind, entries.map(({ seq }) => seq)]
  }
  expect(await seen(2)).toEqual(['onward', [3]])
  const all = ['anew', [1, 2, 3]]
  expect(await seen(2, third)).toEqual(all)
  expect(await seen(9)).toEqual(all)
  const { kind } = await pullAt(server, room, { after: 2, stamp: undefined }, grace.token)
  expect(kind).toBe('anew')
  // The last entry that a snapshot stands for has its stamp still.
  await trySnapshot(server, room, { upTo: 2, sealed: sealedOf(60) }, grace.token)
  expect(await seen(2)).toEqual(['onward', [3]])
  expect(await pullAt(server, room, { after: 2, stamp: third }, grace.token)).toMatchObject({
    kind: 'anew',
    snapshot: { upTo: 2, stamp: second },
    parts: [expect.any(String)],
  })
  await server.sql('delete from rooms')
  expect(await seen(3, third)).toEqual(['anew', []])
  expect(await seen(0)).toEqual(['onward', []])
})

test('entries that are appended at once have numbers without gaps, each its own', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const asks = Array.from({ length: 40 }, (_, n) =>
    append(server, room, sealedOf(40), [grace, linus][n % 2]?.token ?? ''),
  )
  const numbers = await Promise.all(asks)
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
  expect((await pull(server, room, 0, grace.token)).entries.map(({ seq }) => seq)).toEqual(
    numbers.toSorted((a, b) => a - b),
  )
})

test('a snapshot stands for all up to its number; numbers go on behind it', async () => {
  const server = await serveGroup()
  const { room, grace } = server
  for (let n = 0; n < 4; n++) await append(server, room, sealedOf(100), grace.token)
  const snapshot = sealedOf(120)
  expect((await trySnapshot(server, room, { upTo: 3, sealed: snapshot }, grace.token)).status).toBe(204)
  const pulled = await pull(server, room, 0, grace.token)
  expect(pulled.snapshot).toMatchObject({ upTo: 3, parts: 1, bytes: 120 })
  expect(pulled.parts).toEqual([snapshot])
  expect(pulled.entries.map(({ seq }) => seq)).toEqual([4])
  expect(pulled).toMatchObject({ head: 4, bytes: 220 })
  // Who has read so much gets only what came later.
  const later = await pull(server, room, 3, grace.token)
  expect(later).toMatchObject({ snapshot: pulled.snapshot, parts: [] })
  expect(later.entries.map(({ seq }) => seq)).toEqual([4])
  // Somebody was faster, or says to have read what is not there.
  for (const upTo of [3, 2, 5]) {
    const reply = await trySnapshot(server, room, { upTo, sealed: snapshot }, grace.token)
    expect(reply).toMatchObject({ status: 409, body: { code: 'conflict', about: 'upTo' } })
  }
  expect((await trySnapshot(server, room, { upTo: 4, sealed: snapshot }, grace.token)).status).toBe(204)
  expect(await append(server, room, sealedOf(24), grace.token)).toBe(5)
})

test('one answer has as much as fits, and one entry at least', async () => {
  const server = await serveGroup()
  const { room, grace } = server
  for (const bytes of [700_000, 300_000, 1_000_000]) await append(server, room, sealedOf(bytes), grace.token)
  const parts: number[][] = []
  let after = 0
  for (let head = 1; after < head; ) {
    const part = await pull(server, room, after, grace.token)
    parts.push(part.entries.map(({ seq }) => seq))
    after = part.entries.at(-1)?.seq ?? after
    head = part.head
  }
  expect(parts).toEqual([[1], [2], [3]])
})

test('a mailbox that is full refuses with quota, and a snapshot makes room', async () => {
  const server = await serveGroup({ queueMailboxBytes: 1_000, caseMailboxBytes: 500 })
  const { room, grace, group } = server
  await append(server, room, sealedOf(600), grace.token)
  expect(await tryAppend(server, room, sealedOf(600), grace.token)).toMatchObject({
    status: 507,
    body: { code: 'quota', about: 'room' },
  })
  expect(await pull(server, room, 0, grace.token)).toMatchObject({ head: 1, bytes: 600, quota: 1_000 })
  const grown = await trySnapshot(server, room, { upTo: 1, sealed: sealedOf(2_000) }, grace.token)
  expect(grown.body).toMatchObject({ code: 'quota' })
  expect((await pull(server, room, 0, grace.token)).snapshot).toBeNull()
  expect((await trySnapshot(server, room, { upTo: 1, sealed: sealedOf(100) }, grace.token)).status).toBe(204)
  // What was refused took no number.
  expect(await append(server, room, sealedOf(600), grace.token)).toBe(2)
  const ticket = await openTicket(server, group, grace)
  expect((await pull(server, caseRoom(ticket.id), 0, grace.token)).quota).toBe(500)
})

test('a queue is for the members of its group and the admins', async () => {
  const server = await serveGroup()
  const { room, stranger } = server
  for (const [token, status] of [
    [undefined, 401],
    [stranger.token, 404],
    [server.token, 200],
  ] as const) {
    expect((await tryAppend(server, room, sealedOf(24), token)).status).toBe(status)
    expect((await tryPull(server, room, 0, token)).status).toBe(status)
  }
  expect((await trySnapshot(server, room, { upTo: 1, sealed: sealedOf(24) }, stranger.token)).status).toBe(404)
  const nowhere = `queue:${'x'.repeat(22)}` as RoomName
  expect((await tryAppend(server, nowhere, sealedOf(24), server.token)).body).toEqual({
    code: 'not-found',
    about: 'room',
  })
})

test('a case and a board are for the assignee, the seconds and the admins, also when it is over', async () => {
  const server = await serveGroup()
  const { group, grace, linus, stranger } = server
  const ticket = await openTicket(server, group, grace)
  const statuses = async () => {
    const seen: number[] = []
    for (const { token } of [server, grace, linus, stranger]) {
      const asks = [caseRoom(ticket.id), boardRoom(ticket.id)].map((room) =>
        tryAppend(server, room, sealedOf(24), token),
      )
      const [first, second] = await Promise.all(asks)
      expect(first?.status).toBe(second?.status)
      seen.push(first?.status ?? 0)
    }
    return seen
  }
  expect(await statuses()).toEqual([200, 200, 404, 404])
  const shared = await change(server, ticket, { kind: 'second', technician: linus.me.id, invited: true }, grace.token)
  expect(await statuses()).toEqual([200, 200, 200, 404])
  const resolved = await change(server, shared, { kind: 'resolve', sealed: sealedOf(40) }, grace.token)
  expect(await statuses()).toEqual([200, 200, 200, 404])
  const opened = await change(server, resolved, { kind: 'reopen' }, linus.token)
  expect(await statuses()).toEqual([200, 404, 200, 404])
  await change(server, opened, { kind: 'expire', why: 'withdrawn' }, linus.token)
  expect(await statuses()).toEqual([200, 404, 200, 404])
})

test('what is malformed, too large or too often is refused', async () => {
  const server = await serveGroup({ roomWritesPerTechnician: { points: 4, seconds: 60 } })
  const { room, grace } = server
  const refusal = async (sealed: string) => (await tryAppend(server, room, sealed, grace.token)).body
  expect(await refusal('A'.repeat(31))).toMatchObject({ code: 'malformed', about: 'sealed' })
  expect(await refusal('='.repeat(40))).toMatchObject({ code: 'malformed', about: 'sealed' })
  expect(await refusal('A'.repeat(MAX_SEALED_UPDATE + 2_000))).toMatchObject({ code: 'too-large' })
  expect(await append(server, room, 'A'.repeat(MAX_SEALED_UPDATE), grace.token)).toBe(1)
  expect(await refusal(sealedOf(24))).toMatchObject({ code: 'too-many' })
  expect((await tryPull(server, room, -1, grace.token)).body).toMatchObject({ code: 'malformed', about: 'after' })
  expect((await server.ask('/api/rooms/nowhere/updates?after=0', undefined, grace.token)).status).toBe(404)
})

test('a deleted group takes its mailbox with it', async () => {
  const server = await serveGroup()
  await append(server, server.room, sealedOf(60), server.grace.token)
  const technicians = [server.grace.me.id, server.linus.me.id]
  await server.ask('/api/technicians/groups', { technicians, add: [], remove: [server.group] }, server.token)
  expect((await server.ask(`/api/groups/${server.group}/delete`, {}, server.token)).status).toBe(204)
  expect((await tryPull(server, server.room, 0, server.token)).status).toBe(404)
})
