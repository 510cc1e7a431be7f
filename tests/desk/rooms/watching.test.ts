import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openWatching } from '../../../desk/rooms/watching.ts'
import { openWire } from '../../../desk/server/wire.ts'
import { caseRoom, type RoomName } from '../../../protocol/rooms.ts'
import { append, openTicket, sealedOf, serveGroup } from '../../signalling/support/rooms.ts'
import { giveWindow } from '../../support/window.ts'

giveWindow()

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
})

test('of many cases those are watched that somebody looked at last, and one is again when somebody comes back to it', async () => {
  const server = await serveGroup()
  const { group, grace, room: queue } = server
  const wire = openWire(server.url, life.signal)
  const watching = openWatching(wire, 2)
  const pushed: [RoomName, number][] = []
  wire.onMessage((message) => {
    if (message.type === 'room') pushed.push([message.room, message.seq])
  }, life.signal)
  wire.connect(grace.token)
  await vi.waitFor(() => expect(wire.connection.value.kind).toBe('open'))
  const tickets = [
    await openTicket(server, group, grace),
    await openTicket(server, group, grace),
    await openTicket(server, group, grace),
  ]
  const [one, two, three] = tickets.map(({ id }) => caseRoom(id)) as [RoomName, RoomName, RoomName]

  watching.wire.send({ type: 'watch', room: queue })
  for (const room of [one, two, three]) {
    watching.touch(room)
    watching.wire.send({ type: 'watch', room })
  }
  await vi.waitFor(() => expect(pushed.map(([room]) => room)).toEqual([queue, one, two, three]))
  // As its mailbox does when the socket comes back.
  watching.wire.send({ type: 'watch', room: one })
  for (const room of [one, two, three, queue]) await append(server, room, sealedOf(24), server.token)
  await vi.waitFor(() => expect(pushed.slice(4).map(([room]) => room)).toEqual([two, three, queue]))

  watching.touch(one)
  await vi.waitFor(() => expect(pushed.at(-1)).toEqual([one, 1]))
  await append(server, two, sealedOf(24), server.token)
  await append(server, one, sealedOf(24), server.token)
  await vi.waitFor(() => expect(pushed.at(-1)).toEqual([one, 2]))
  expect(pushed.filter(([room]) => room === two)).toEqual([
    [two, 0],
    [two, 1],
  ])
})
