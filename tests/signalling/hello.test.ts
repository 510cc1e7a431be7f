import { expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { connect, greet, helloOf } from './support/client.ts'
import { change, createTicket, join, serveReady } from './support/server.ts'

test('hello of another version is refused', async () => {
  const server = await serveReady()
  const client = await connect(server)
  client.send({ type: 'hello', version: PROTOCOL_VERSION + 1, role: 'technician', token: server.token })
  expect((await client.next('refused')).refusal).toEqual({ code: 'version', about: 'hello' })
  expect(await client.closed).toBe(1008)
})

test.each([
  ['no such token', (token: string) => `${token.slice(1)}A`],
  ['one whose signature is cut off', (token: string) => token.split('.')[0] ?? ''],
  ['one with the signature of another', (token: string) => `${token.split('.')[0]}.${'A'.repeat(43)}=`],
])('hello of a technician with %s is refused', async (_, spoil) => {
  const server = await serveReady()
  const client = await connect(server)
  client.send(helloOf('technician', spoil(server.token)))
  expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  expect(await client.closed).toBe(1008)
  expect((await server.ask('/api/me', undefined, spoil(server.token))).status).toBe(401)
})

test('hello of a deactivated account is refused, even with a sign-in that nobody ended', async () => {
  const server = await serveReady()
  await server.sql(`update "user" set active = false where id = '${server.me.id}'`)
  const client = await connect(server)
  client.send(helloOf('technician', server.token))
  expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(401)
})

test('hello is the first message, or none is heard', async () => {
  const server = await serveReady()
  const client = await connect(server)
  client.send({ type: 'pong' })
  expect((await client.next('refused')).refusal).toEqual({ code: 'malformed', about: 'hello' })
  expect(await client.closed).toBe(1008)
})

test('hello that does not come in time ends the socket', async () => {
  const server = await serveReady({ limits: { helloMs: 20, heartbeatMs: 10 } })
  const client = await connect(server)
  expect((await client.next('refused')).refusal).toEqual({ code: 'unauthenticated', about: 'hello' })
  expect(await client.closed).toBe(1008)
})

test('hello is said once', async () => {
  const server = await serveReady()
  const client = await greet(server, 'technician', server.token)
  client.send(helloOf('technician', server.token))
  expect((await client.next('refused')).refusal).toEqual({ code: 'malformed' })
})

test('hello with a token of the other role is refused', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const { token } = await join(server, ticket.lookup)
  for (const hello of [helloOf('customer', server.token), helloOf('technician', token)]) {
    const client = await connect(server)
    client.send(hello)
    expect((await client.next('refused')).refusal.code).toBe('unauthenticated')
  }
})

test('hello from the same join takes the seat from the older socket', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const { token } = await join(server, ticket.lookup)
  const older = await greet(server, 'customer', token)
  const newer = await greet(server, 'customer', token)
  expect((await older.next('refused')).refusal).toEqual({ code: 'code-in-use', about: 'hello' })
  expect(await older.closed).toBe(1008)
  const technician = await greet(server, 'technician', server.token)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  await newer.next('attended')
})

test('hello of a customer whose code died, or whose seat another has by now, is refused', async () => {
  const server = await serveReady({ limits: { seatGraceMs: 1 } })
  const ticket = await createTicket(server, server.token)
  const first = await join(server, ticket.lookup)
  await expect.poll(async () => (await server.ask('/api/join', { lookup: ticket.lookup })).status).toBe(200)
  const taken = await connect(server)
  const second = await join(server, ticket.lookup)
  const seated = await greet(server, 'customer', second.token)
  taken.send(helloOf('customer', first.token))
  expect((await taken.next('refused')).refusal).toEqual({ code: 'code-in-use', about: 'hello' })
  await change(server, server.token, ticket, { kind: 'expire', why: 'guessed' })
  expect(await seated.next('turned-away')).toEqual({ type: 'turned-away', reason: 'dead-code' })
  const late = await connect(server)
  late.send(helloOf('customer', second.token))
  expect((await late.next('refused')).refusal).toEqual({ code: 'dead-code', about: 'hello' })
})

test('ping comes again and again; pong keeps a socket, silence ends it', async () => {
  const server = await serveReady({ limits: { pingMs: 20, silenceMs: 1000, heartbeatMs: 10 } })
  const silent = await greet(server, 'technician', server.token)
  const lively = await greet(server, 'technician', server.token)
  const ended = silent.closed.then(() => 'ended')
  for (;;) {
    const next = await Promise.race([ended, lively.next('ping')])
    if (next === 'ended') break
    lively.send({ type: 'pong' })
  }
  expect(lively.socket.readyState).toBe(lively.socket.OPEN)
  await lively.next('ping')
})

test('ping of either role is answered: the way to the server is there', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const technician = await greet(server, 'technician', server.token)
  const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  for (const client of [technician, customer]) {
    client.send({ type: 'ping' })
    expect(await client.next('pong')).toEqual({ type: 'pong' })
  }
})

test('hello with a token that expires later: the socket ends with the token', async () => {
  const server = await serveReady({ limits: { joinTokenMs: 300, heartbeatMs: 10 } })
  const ticket = await createTicket(server, server.token)
  const customer = await greet(server, 'customer', (await join(server, ticket.lookup)).token)
  expect((await customer.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect(await customer.closed).toBe(1008)
})
