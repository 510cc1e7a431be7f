import { expect, onTestFinished, test } from 'vitest'
import { WebrtcProvider } from 'y-webrtc'
import { Doc } from 'yjs'
import { caseRoom, queueRoom } from '../../protocol/rooms.ts'
import { connectMesh, meshHelloOf, onMesh } from './support/mesh.ts'
import { addGroup } from './support/people.ts'
import { change, join, moveOut, openTicket, serveGroup } from './support/rooms.ts'

test('publish goes to everybody else in the room, byte for byte', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const [one, other, admin] = [
    await onMesh(server, grace.token, room),
    await onMesh(server, linus.token, room),
    await onMesh(server, server.token, room),
  ]
  for (const client of [one, other, admin]) expect(await client.rest()).toEqual([])
  const text = `{ "topic":"${room}",  "data":"c2lnbmFs", "type":"publish" }`
  one.send(text)
  for (const client of [other, admin]) {
    expect(await client.next('publish')).toEqual({ type: 'publish', topic: room, data: 'c2lnbmFs' })
    expect(client.lastText()).toBe(text)
  }
  expect(await one.rest()).toEqual([])
})

test('a technician of another group and somebody without a sign-in get nothing in, and nothing out', async () => {
  const server = await serveGroup()
  const { room, grace, stranger } = server
  const member = await onMesh(server, grace.token, room)
  const outsider = await onMesh(server, stranger.token, room)
  expect((await outsider.next('refused')).refusal).toEqual({ code: 'not-found', about: 'subscribe' })
  outsider.send({ type: 'publish', topic: room, data: 'x' })
  expect((await outsider.next('refused')).refusal).toEqual({ code: 'not-found', about: 'publish' })
  const nobody = await connectMesh(server)
  nobody.send({ type: 'subscribe', topics: [room] })
  nobody.send({ type: 'publish', topic: room, data: 'x' })
  nobody.send(meshHelloOf('x'.repeat(40)))
  expect((await nobody.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  expect(await nobody.closed).toBe(1008)
  expect(await member.rest()).toEqual([])
  member.send({ type: 'publish', topic: room, data: 'for members' })
  expect(await member.rest()).toEqual([])
  expect(await outsider.rest()).toEqual([])
})

test('subscribe to many rooms lets into those that are one’s own', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const elsewhere = queueRoom((await addGroup(server, 'Elsewhere')).id)
  const client = await onMesh(server, grace.token, elsewhere, room)
  expect((await client.next('refused')).refusal).toEqual({ code: 'not-found', about: 'subscribe' })
  const colleague = await onMesh(server, linus.token, room)
  colleague.send({ type: 'publish', topic: room, data: 'x' })
  expect((await client.next('publish')).topic).toBe(room)
})

test('a former member hears and says nothing from then on', async () => {
  const server = await serveGroup()
  const { room, group, grace, linus } = server
  const [member, former] = [await onMesh(server, grace.token, room), await onMesh(server, linus.token, room)]
  expect(await former.rest()).toEqual([])
  await moveOut(server, group, linus)
  former.send({ type: 'publish', topic: room, data: 'x' })
  expect((await former.next('refused')).refusal).toEqual({ code: 'not-found', about: 'publish' })
  member.send({ type: 'publish', topic: room, data: 'x' })
  expect(await member.rest()).toEqual([])
  expect(await former.rest()).toEqual([])
  await join(server, group, linus)
  former.send({ type: 'subscribe', topics: [room] })
  expect(await former.rest()).toEqual([])
  member.send({ type: 'publish', topic: room, data: 'back' })
  expect((await former.next('publish')).data).toBe('back')
})

test('the room of a case follows its ticket', async () => {
  const server = await serveGroup()
  const { group, grace, linus } = server
  const ticket = await openTicket(server, group, grace)
  const topic = caseRoom(ticket.id)
  const [owner, admin] = [await onMesh(server, grace.token, topic), await onMesh(server, server.token, topic)]
  expect(await owner.rest()).toEqual([])
  admin.send({ type: 'publish', topic, data: 'one' })
  expect((await owner.next('publish')).data).toBe('one')
  await change(server, ticket, { kind: 'assign', assignee: linus.me.id }, grace.token)
  const next = await onMesh(server, linus.token, topic)
  expect(await next.rest()).toEqual([])
  admin.send({ type: 'publish', topic, data: 'two' })
  expect((await next.next('publish')).data).toBe('two')
  expect(await owner.rest()).toEqual([])
})

test('unsubscribe ends it', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const [one, other] = [await onMesh(server, grace.token, room), await onMesh(server, linus.token, room)]
  other.send({ type: 'unsubscribe', topics: [room] })
  expect(await other.rest()).toEqual([])
  one.send({ type: 'publish', topic: room, data: 'x' })
  expect(await one.rest()).toEqual([])
  expect(await other.rest()).toEqual([])
})

test('what comes before the hello is read after it, in its order, and only so much of it is kept', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const member = await onMesh(server, linus.token, room)
  const early = await connectMesh(server)
  early.send({ type: 'subscribe', topics: [room] })
  early.send({ type: 'publish', topic: room, data: 'one' })
  early.send({ type: 'publish', topic: room, data: 'two' })
  expect(await member.rest()).toEqual([])
  early.send(meshHelloOf(grace.token))
  early.send({ type: 'publish', topic: room, data: 'three' })
  const heard = [await member.next('publish'), await member.next('publish'), await member.next('publish')]
  expect(heard.map(({ data }) => data)).toEqual(['one', 'two', 'three'])
  for (const [count, message] of [
    [151, { type: 'ping' }],
    [3, { type: 'publish', topic: room, data: 'x'.repeat(30_000) }],
  ] as const) {
    const flood = await connectMesh(server)
    for (let n = 0; n < count; n++) flood.send(message)
    expect((await flood.next('refused')).refusal).toEqual({ code: 'too-many', about: 'hello' })
    expect(await flood.closed).toBe(1008)
  }
})

test('who says no hello goes; who is silent goes; a browser that answers pings stays', async () => {
  const server = await serveGroup({ helloMs: 300, pingMs: 20, silenceMs: 700, heartbeatMs: 10 })
  const mute = await connectMesh(server)
  expect((await mute.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  const lively = await onMesh(server, server.grace.token, server.room)
  const silent = await connectMesh(server, { autoPong: false })
  silent.send(meshHelloOf(server.linus.token))
  expect(await silent.closed).toBe(1006)
  expect(await lively.rest()).toEqual([])
})

test('the mesh ends with the sign-in, and with the account', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const [one, other] = [await onMesh(server, grace.token, room), await onMesh(server, linus.token, room)]
  await server.ask('/api/sign-out', {}, grace.token)
  expect((await one.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect(await one.closed).toBe(1008)
  await server.ask(`/api/technicians/${linus.me.id}`, { active: false }, server.token)
  expect((await other.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect(await other.closed).toBe(1008)
})

test('only what the mesh knows is taken, from technicians, in this version', async () => {
  const server = await serveGroup({ roomsPerSocket: 1 })
  const client = await onMesh(server, server.grace.token, server.room)
  const ticket = await openTicket(server, server.group, server.grace)
  const cases = [
    [{ type: 'pong' }, { code: 'malformed' }],
    [
      { type: 'publish', topic: 'anywhere', data: 'x' },
      { code: 'malformed', about: 'publish' },
    ],
    [
      { type: 'publish', topic: server.room, data: { type: 'announce' } },
      { code: 'malformed', about: 'publish' },
    ],
    [
      { type: 'subscribe', topics: [caseRoom(ticket.id)] },
      { code: 'too-many', about: 'subscribe' },
    ],
  ] as const
  for (const [message, refusal] of cases) {
    client.send(message)
    expect((await client.next('refused')).refusal).toEqual(refusal)
  }
  const old = await connectMesh(server)
  old.send({ ...meshHelloOf(server.token), version: 0 })
  expect((await old.next('refused')).refusal).toEqual({ code: 'version', about: 'hello' })
})

test('y-webrtc’s own client subscribes, announces itself, is answered and heard', async () => {
  const server = await serveGroup()
  const { room, grace, linus } = server
  const colleague = await onMesh(server, linus.token, room)
  expect(await colleague.rest()).toEqual([])
  const doc = new Doc()
  const signaling = [`${server.url.replace('http', 'ws')}/api/mesh`]
  const provider = new WebrtcProvider(room, doc, { signaling, password: 'p'.repeat(22) })
  onTestFinished(() => {
    provider.destroy()
    doc.destroy()
  })
  const [connection] = provider.signalingConns
  // Behind the client's own listener: `subscribe` and the announcement may be first.
  connection?.on('connect', () => connection.send(meshHelloOf(grace.token)))
  const announced = await colleague.next('publish')
  expect(announced).toMatchObject({ type: 'publish', topic: room, data: expect.stringMatching(/^[\w+/]+=*$/) })
  const heard = Promise.withResolvers<unknown>()
  connection?.on('message', (message: { type: string }) => {
    if (message.type === 'publish' || message.type === 'pong') heard.resolve(message)
  })
  colleague.send(announced)
  expect(await heard.promise).toEqual(announced)
})

test('a browser that comes back announces itself in all of its rooms at once, before its hello', async () => {
  const server = await serveGroup()
  const { group, grace } = server
  const tickets = await Promise.all(Array.from({ length: 90 }, () => openTicket(server, group, grace)))
  const rooms = tickets.map(({ id }) => caseRoom(id))
  const admin = await onMesh(server, server.token, ...rooms)
  await admin.rest()
  const one = await connectMesh(server)
  one.send({ type: 'subscribe', topics: rooms })
  // As long as what y-webrtc says under a password.
  for (const topic of rooms) one.send({ type: 'publish', topic, data: 'x'.repeat(200) })
  one.send(meshHelloOf(grace.token))
  await one.next('welcome')
  for (const topic of rooms) one.send({ type: 'publish', topic, data: 'again' })
  expect(await one.rest()).toEqual([])
  expect((await admin.rest()).length).toBe(2 * rooms.length)
})
