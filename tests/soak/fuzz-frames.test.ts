import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { helloOf, meet } from '../signalling/support/client.ts'
import { meshHelloOf, onMesh } from '../signalling/support/mesh.ts'
import { append, openTicket, pull, sealedOf, serveGroup } from '../signalling/support/rooms.ts'
import { join } from '../signalling/support/server.ts'
import { fuzzSeed, mutateMessage, oneOf, randomFrom } from '../support/mutate.ts'

const FRAMES = 100_000
const TOGETHER = 250
/** All of it comes from one address and as fast as it can be read: what is counted elsewhere is not what is tried here. */
const UNCOUNTED = {
  strikes: 1e9,
  messageBurst: 1e9,
  messagesPerSecond: 1e9,
  waitingMessages: 1e6,
  sockets: 1e6,
  pendingHellos: 1e6,
  socketsPerAddress: 1e6,
  socketOpenings: { points: 1e9, seconds: 1 },
  maxBuffered: 1e9,
}

type Messages = [object, ...object[]]

test('100 000 mutated frames of every kind: no crash, nobody waits for 250 ms, and the others go on', async () => {
  const server = await serveGroup(UNCOUNTED)
  const { room, grace, linus, group } = server
  const mine = await openTicket(server, group, grace)
  const { token: seat } = await join(server, mine.lookup)
  const random = randomFrom(fuzzSeed())

  // Others: a session, two browsers on the mesh, and a mailbox.
  const beside = await meet(server)
  const one = await onMesh(server, linus.token, room)
  const two = await onMesh(server, linus.token, room)
  let seq = 0
  const othersGoOn = async () => {
    const data = `still here ${seq}`
    beside.customer.send({ type: 'relay', ticket: beside.ticket.id, data })
    beside.technician.send({ type: 'relay', ticket: beside.ticket.id, data })
    one.send({ type: 'publish', topic: room, data })
    expect((await beside.technician.next('relay')).data).toBe(data)
    expect((await beside.customer.next('relay')).data).toBe(data)
    // The attackers are members of the room: what of theirs is still valid comes to its members, as it should.
    while ((await two.next('publish')).data !== data);
    seq = await append(server, room, sealedOf(40), linus.token)
  }

  const ticket = mine.id
  const ofTechnician: Messages = [
    { type: 'relay', ticket, data: 'x'.repeat(200) },
    { type: 'pong' },
    { type: 'attend', ticket, take: true },
    { type: 'unattend', ticket },
    { type: 'link-state', ticket, live: true },
    { type: 'answered', ticket },
    { type: 'watch', room },
    { type: 'unwatch', room },
    // Of another ticket: one that is valid after all would be the end of the customer who attacks.
    {
      type: 'turn-away',
      ticket: (await openTicket(server, group, grace)).id,
      reason: 'wrong-secret',
      retryAfterMs: 1_000,
    },
  ]
  const ofCustomer: Messages = [
    { type: 'relay', ticket, data: 'y'.repeat(200) },
    { type: 'pong' },
    { type: 'hold', id: 'm'.repeat(22), box: sealedOf(300) },
  ]
  const ofMesh: Messages = [
    { type: 'subscribe', topics: [room] },
    { type: 'unsubscribe', topics: [room] },
    { type: 'publish', topic: room, data: 'z'.repeat(200) },
    { type: 'ping' },
  ]
  const helloTechnician = helloOf('technician', grace.token)
  const attackers = [
    await attacker(server.url, '/api/socket', helloTechnician, ofTechnician),
    await attacker(server.url, '/api/socket', helloOf('customer', seat), ofCustomer),
    await attacker(server.url, '/api/mesh', meshHelloOf(grace.token), ofMesh),
    // Never let in: each of these is a first message.
    await attacker(server.url, '/api/socket', undefined, [helloTechnician]),
  ] as const
  const [technician, customer, mesh, stranger] = attackers

  await othersGoOn()
  const longestTurn = watchTurns()
  let sent = 0
  while (sent < FRAMES) {
    for (let count = 0; count < TOGETHER; count++) oneOf(random, [technician, customer, mesh]).send(random)
    stranger.send(random)
    sent += TOGETHER + 1
    await othersGoOn()
    for (const each of attackers) await each.again()
  }

  expect(longestTurn()).toBeLessThan(250)
  // A frame that is no text ends its socket: seldom enough that nearly all others were read.
  for (const { stayed } of [technician, customer, mesh]) expect(stayed()).toBeGreaterThan((0.9 * FRAMES) / TOGETHER)
  const { head } = await pull(server, room, seq, linus.token)
  expect(head).toBe(seq)
  expect((await server.ask('/healthz')).status).toBe(200)
}, 300_000)

/** @returns ends it, and gives the longest turn of the event loop, in ms of this thread: what other programs had does not count. */
function watchTurns(): () => number {
  let before = process.threadCpuUsage()
  let longest = 0
  const watch = setInterval(() => {
    const { user, system } = process.threadCpuUsage(before)
    longest = Math.max(longest, (user + system) / 1_000)
    before = process.threadCpuUsage()
  }, 5)
  return () => {
    clearInterval(watch)
    return longest
  }
}

/** One who sends what is almost a message, and comes again when thrown out. */
async function attacker(url: string, path: string, hello: object | undefined, valid: Messages) {
  const open = async () => {
    const socket = new WebSocket(url.replace('http', 'ws') + path)
    socket.on('error', () => undefined)
    socket.resume()
    await once(socket, 'open')
    if (hello) socket.send(JSON.stringify(hello))
    return socket
  }
  let socket = await open()
  let stayed = 0
  return {
    stayed: () => stayed,
    send(random: () => number) {
      const frame = mutateMessage(random, oneOf(random, valid))
      socket.send(frame, { binary: random() < 0.01 })
    },
    async again() {
      if (socket.readyState === WebSocket.OPEN) stayed += 1
      else socket = await open()
    },
  }
}
