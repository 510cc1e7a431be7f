import { once } from 'node:events'
import { connect as tcpConnect } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connect, greet, helloOf, meet } from './support/client.ts'
import { addColleague, asker, join, serve, serveReady } from './support/server.ts'

/** A session that stands beside each attack, and must not notice it. */
async function bystanders(server: Awaited<ReturnType<typeof serveReady>>) {
  const { ticket, technician, customer } = await meet(server)
  return async () => {
    customer.send({ type: 'relay', ticket: ticket.id, data: 'still here' })
    expect((await technician.next('relay')).data).toBe('still here')
    technician.send({ type: 'relay', ticket: ticket.id, data: 'so am I' })
    expect((await customer.next('relay')).data).toBe('so am I')
  }
}

test.each([
  ['garbage', 'garbage'],
  ['an array', '[]'],
  ['null', 'null'],
  ['an unknown type', '{"type":"shutdown"}'],
  ['a name that every object has', '{"type":"toString"}'],
  ['a message of the other role', '{"type":"leave"}'],
  ['nested depth', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
])('%s is refused as malformed, and the socket goes on', async (_, text) => {
  const server = await serveReady()
  const client = await greet(server, 'technician', server.token)
  client.send(text)
  expect((await client.next('refused')).refusal).toEqual({ code: 'malformed' })
  client.send({ type: 'pong' })
  client.send({ type: 'attend', ticket: 'A'.repeat(22), take: false, extra: 1 })
  expect((await client.next('refused')).refusal).toEqual({ code: 'malformed', about: 'attend' })
})

test('binary is refused as malformed', async () => {
  const server = await serveReady()
  const client = await greet(server, 'technician', server.token)
  client.socket.send(Buffer.from('{"type":"pong"}'), { binary: true })
  expect((await client.next('refused')).refusal).toEqual({ code: 'malformed' })
})

test('a message larger than its type may be is refused as too-large', async () => {
  const server = await serveReady()
  const client = await greet(server, 'technician', server.token)
  client.send(`{"type":"pong"${' '.repeat(600)}}`)
  expect((await client.next('refused')).refusal).toEqual({ code: 'too-large', about: 'pong' })
  const stranger = await connect(server)
  stranger.send(JSON.stringify(helloOf('technician', server.token)) + ' '.repeat(1_100))
  expect((await stranger.next('refused')).refusal).toEqual({ code: 'too-large', about: 'hello' })
})

test('10 MB end their sender only', async () => {
  const server = await serveReady()
  const check = await bystanders(server)
  const { customer, technician, ticket } = await meet(server)
  customer.send('x'.repeat(10_000_000))
  expect((await customer.next('refused')).refusal).toEqual({ code: 'too-large' })
  expect(await customer.closed).toBe(1009)
  expect((await technician.next('presence')).ticket).toBe(ticket.id)
  await check()
})

test('a flood is refused with the time to wait, and ends in a closed socket; the others go on', async () => {
  const server = await serveReady({ limits: { messageBurst: 50, messagesPerSecond: 10 } })
  const check = await bystanders(server)
  const client = await greet(server, 'technician', server.token)
  for (let count = 0; count < 200; count++) client.send({ type: 'pong' })
  const { refusal } = await client.next('refused')
  expect(refusal.code).toBe('too-many')
  expect(refusal.retryAfterMs).toBeGreaterThan(0)
  expect(await client.closed).toBe(1008)
  await check()
})

test('one strike after the other ends a technician, whose customer waits again', async () => {
  const server = await serveReady({ limits: { strikes: 3 } })
  const { technician, customer } = await meet(server)
  for (let count = 0; count < 5; count++) technician.send('{')
  expect(await technician.closed).toBe(1008)
  await customer.next('unattended')
})

test('messages that pile up behind a slow one are refused', async () => {
  const server = await serveReady({ limits: { waitingMessages: 2, strikes: 100 } })
  const client = await greet(server, 'technician', server.token)
  for (let count = 0; count < 20; count++) client.send({ type: 'attend', ticket: 'A'.repeat(22), take: false })
  const codes = new Set<string>()
  for (let count = 0; count < 20; count++) codes.add((await client.next('refused')).refusal.code)
  expect(codes).toEqual(new Set(['not-found', 'too-many']))
})

test('what waits behind a slow message is counted in bytes too', async () => {
  const server = await serveReady({ limits: { waitingBytes: 1_000, strikes: 100 } })
  const client = await greet(server, 'technician', server.token)
  const slow = { type: 'attend', ticket: 'A'.repeat(22), take: false }
  client.send(slow)
  client.send({ type: 'relay', ticket: 'A'.repeat(22), data: 'x'.repeat(1_000) })
  expect((await client.next('refused')).refusal).toMatchObject({ code: 'too-many' })
  expect((await client.next('refused')).refusal).toMatchObject({ code: 'not-found' })
  client.send(slow)
  expect((await client.next('refused')).refusal).toMatchObject({ code: 'not-found' })
})

test('a receiver that does not read is cut, and its technician learns of it', async () => {
  const server = await serveReady({ limits: { maxBuffered: 1, heartbeatMs: 10, messageBurst: 100_000 } })
  const { ticket, technician, customer } = await meet(server)
  customer.socket.pause()
  const gone = technician.next('presence')
  let presence: Awaited<typeof gone> | undefined
  gone.then((message) => {
    presence = message
  })
  while (!presence) {
    technician.send({ type: 'relay', ticket: ticket.id, data: 'x'.repeat(30_000) })
    await new Promise(setImmediate)
  }
  expect(presence.presence).toEqual({ kind: 'offline' })
})

test('sockets of one address are counted, and given back when they close', async () => {
  const server = await serveReady({ limits: { socketsPerAddress: 2 } })
  const one = await connect(server)
  await connect(server)
  const third = await connect(server)
  expect((await third.next('refused')).refusal).toEqual({ code: 'too-many', about: 'socket' })
  expect(await third.closed).toBe(1013)
  one.socket.close()
  await one.closed
  await greet(server, 'technician', server.token)
})

test('addresses behind a trusted proxy are counted one by one; without trust the header is worth nothing', async () => {
  const trusting = await serve({
    environment: { TRUSTED_PROXIES: '127.0.0.0/8, ::1' },
    limits: { socketsPerAddress: 1 },
  })
  await connect(trusting, { 'x-forwarded-for': '198.51.100.1' })
  await connect(trusting, { 'x-forwarded-for': '203.0.113.66, 198.51.100.2' })
  const again = await connect(trusting, { 'x-forwarded-for': '203.0.113.7, 198.51.100.1' })
  expect((await again.next('refused')).refusal.code).toBe('too-many')
  const wary = await serve({ limits: { socketsPerAddress: 1 } })
  await connect(wary, { 'x-forwarded-for': '198.51.100.1' })
  const second = await connect(wary, { 'x-forwarded-for': '198.51.100.2' })
  expect((await second.next('refused')).refusal.code).toBe('too-many')
})

test.each([
  ['sockets', { sockets: 1 }, 503, 'unavailable'],
  ['strangers', { pendingHellos: 1 }, 503, 'unavailable'],
  ['openings', { socketOpenings: { points: 1, seconds: 60 } }, 429, 'too-many'],
])('too many %s are refused before the upgrade', async (_, limits, status, code) => {
  const server = await serve({ limits })
  await connect(server)
  const refused = await upgrade(server.url, '/api/socket')
  expect(refused.status).toBe(status)
  expect(refused.body).toMatchObject({ code })
  expect(Number(refused.retryAfter)).toBeGreaterThan(0)
})

test('no other address has a socket', async () => {
  const server = await serve()
  expect(await upgrade(server.url, '/socket')).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('a client that is slow with its headers is cut, and one that is slow with its body', async () => {
  const limits = { headersTimeoutMs: 100, requestTimeoutMs: 200, connectionsCheckMs: 20 }
  const server = await serve({ limits })
  const { port } = new URL(server.url)
  const slow = tcpConnect(Number(port), '127.0.0.1').resume()
  slow.write('GET / HTTP/1.1\r\nHost: x\r\n')
  const slower = tcpConnect(Number(port), '127.0.0.1').resume()
  slower.write('POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
  await Promise.all([once(slow, 'close'), once(slower, 'close')])
  expect((await asker(server.url)('/healthz')).status).toBe(200)
})

test('signing out ends the sockets of this sign-in, and no others', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const staying = await greet(server, 'technician', colleague.token)
  const { technician, customer, ticket } = await meet(server)
  expect((await server.ask('/api/sign-out', {}, server.token)).status).toBe(204)
  expect((await technician.next('refused')).refusal).toEqual({ code: 'unauthenticated' })
  expect(await technician.closed).toBe(1008)
  await customer.next('unattended')
  expect((await server.ask('/api/me', undefined, server.token)).status).toBe(401)
  expect(staying.socket.readyState).toBe(WebSocket.OPEN)
  expect((await join(server, ticket.lookup).catch(() => undefined)) ?? 'in use').toBe('in use')
})

/** Asks for an upgrade that is refused. */
async function upgrade(url: string, path: string): Promise<{ status: number; body: unknown; retryAfter: unknown }> {
  const socket = new WebSocket(url.replace('http', 'ws') + path)
  const [, response] = await once(socket, 'unexpected-response')
  let text = ''
  for await (const piece of response) text += String(piece)
  return { status: response.statusCode, body: JSON.parse(text), retryAfter: response.headers['retry-after'] }
}
