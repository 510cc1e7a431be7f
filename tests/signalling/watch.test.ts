import { expect, test } from 'vitest'
import { MAX_PUSHED_UPDATE } from '../../protocol/limits.ts'
import { boardRoom, caseRoom, type RoomName } from '../../protocol/rooms.ts'
import { type Client, greet } from './support/client.ts'
import { append, change, moveOut, openTicket, sealedOf, serveGroup, stampOf } from './support/rooms.ts'

/** A member's socket that watches the room, and has heard so. */
async function watching(server: Parameters<typeof greet>[0], room: RoomName, token: string): Promise<Client> {
  const client = await greet(server, 'technician', token)
  client.send({ type: 'watch', room })
  await client.next('room')
  return client
}

/** Counts the `room` messages from here on. `count` waits until all has come that the server sent so far. */
function countRooms(client: Client): { count(): Promise<number> } {
  let rooms = 0
  client.socket.on('message', (data: Buffer) => {
    if (data.toString().startsWith('{"type":"room"')) rooms += 1
  })
  return {
    async count() {
      client.send({ type: 'watch', room: `queue:${'x'.repeat(22)}` })
      await client.next('refused')
      return rooms
    },
  }
}

test('watch is answered with the newest number, and then with each entry as it comes', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  await append(server, room, sealedOf(24), grace.token)
  const client = await greet(server, 'technician', linus.token)
  client.send({ type: 'watch', room })
  const one = { type: 'room', room, stamp: expect.any(String) }
  expect(await client.next('room')).toEqual({ ...one, seq: 1, before: null, sealed: null })
  const first = await stampOf(server, room, 1, linus.token)
  const sealed = sealedOf(200)
  await append(server, room, sealed, grace.token)
  expect(await client.next('room')).toEqual({ ...one, seq: 2, before: first, sealed })
  const second = await stampOf(server, room, 2, linus.token)
  await append(server, room, 'A'.repeat(MAX_PUSHED_UPDATE + 4), grace.token)
  expect(await client.next('room')).toEqual({ ...one, seq: 3, before: second, sealed: null })
})

test('entries that are appended at once are pushed in their order, none left out', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const client = await watching(server, room, linus.token)
  await Promise.all(Array.from({ length: 30 }, () => append(server, room, sealedOf(60), grace.token)))
  const numbers: number[] = []
  while (numbers.length < 30) numbers.push((await client.next('room')).seq)
  expect(numbers).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
})

test('watch is for members; a room that is not there looks the same', async () => {
  const server = await serveGroup()
  const ticket = await openTicket(server, server.group, server.grace)
  const client = await greet(server, 'technician', server.stranger.token)
  const heard = countRooms(client)
  for (const room of [server.room, `queue:${'x'.repeat(22)}`, caseRoom(ticket.id)]) {
    client.send({ type: 'watch', room })
    expect((await client.next('refused')).refusal).toEqual({ code: 'not-found', about: 'watch' })
  }
  await append(server, server.room, sealedOf(24), server.grace.token)
  expect(await heard.count()).toBe(0)
})

test('unwatch ends it', async () => {
  const server = await serveGroup()
  const client = await watching(server, server.room, server.linus.token)
  const heard = countRooms(client)
  client.send({ type: 'unwatch', room: server.room })
  expect(await heard.count()).toBe(0)
  await append(server, server.room, sealedOf(24), server.grace.token)
  expect(await heard.count()).toBe(0)
})

test('who is moved out of the group, or loses the ticket, hears no more of it', async () => {
  const server = await serveGroup()
  const { room, group, grace, linus } = server
  const ticket = await openTicket(server, group, grace)
  const case_ = caseRoom(ticket.id)
  const watcher = await watching(server, room, linus.token)
  const former = await watching(server, case_, grace.token)
  const admin = await watching(server, case_, server.token)
  await append(server, case_, sealedOf(24), grace.token)
  expect(await former.next('room')).toMatchObject({ room: case_, seq: 1 })
  const heard = [watcher, former].map(countRooms)
  await change(server, ticket, { kind: 'assign', assignee: linus.me.id }, grace.token)
  await append(server, case_, sealedOf(24), server.token)
  await moveOut(server, group, linus)
  await append(server, room, sealedOf(24), grace.token)
  expect((await admin.next('room')).seq).toBe(1)
  expect((await admin.next('room')).seq).toBe(2)
  expect(await Promise.all(heard.map(({ count }) => count()))).toEqual([0, 0])
})

test('a socket watches so many rooms and no more', async () => {
  const server = await serveGroup({ roomsPerSocket: 1 })
  const ticket = await openTicket(server, server.group, server.grace)
  const client = await watching(server, server.room, server.grace.token)
  client.send({ type: 'watch', room: caseRoom(ticket.id) })
  expect((await client.next('refused')).refusal).toEqual({ code: 'too-many', about: 'watch' })
  client.send({ type: 'watch', room: server.room })
  await client.next('room')
})

test('a desk whose socket comes back enters all of its rooms at once', async () => {
  const server = await serveGroup()
  const { group, grace } = server
  const tickets = await Promise.all(Array.from({ length: 75 }, () => openTicket(server, group, grace)))
  const rooms = tickets.flatMap(({ id }) => [caseRoom(id), boardRoom(id)])
  const client = await greet(server, 'technician', grace.token)
  for (const room of rooms) client.send({ type: 'watch', room })
  const answered: RoomName[] = []
  while (answered.length < rooms.length) answered.push((await client.next('room')).room)
  expect(answered).toEqual(rooms)
})
