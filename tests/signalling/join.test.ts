import { expect, test } from 'vitest'
import { connect, greet, helloOf, meet } from './support/client.ts'
import { change, createTicket, join, serveReady } from './support/server.ts'

test('join gives a token for this ticket, and says whose help it is', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const joined = await join(server, ticket.lookup)
  expect(joined).toMatchObject({ ticket: ticket.id, organisation: 'Example' })
  expect(joined.expiresAt).toBeLessThanOrEqual(Date.now() + 24 * 3_600_000)
  const customer = await greet(server, 'customer', joined.token)
  await customer.next('unattended')
})

test('an unknown code, and one that died, each have their own answer', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const unknown = ticket.lookup === '00000' ? '00001' : '00000'
  expect(await server.ask('/api/join', { lookup: unknown })).toMatchObject({
    status: 404,
    body: { code: 'unknown-code', about: 'lookup' },
  })
  await change(server, server.token, ticket, { kind: 'expire', why: 'withdrawn' })
  expect(await server.ask('/api/join', { lookup: ticket.lookup })).toMatchObject({
    status: 410,
    body: { code: 'dead-code', about: 'lookup' },
  })
})

test('a second customer is refused, and the first goes on', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  const second = await server.ask('/api/join', { lookup: ticket.lookup })
  expect(second).toMatchObject({ status: 409, body: { code: 'code-in-use' } })
  customer.send({ type: 'relay', ticket: ticket.id, data: 'still here' })
  expect((await technician.next('relay')).data).toBe('still here')
})

test('of 20 who join at once one has the seat', async () => {
  const server = await serveReady()
  const { lookup } = await createTicket(server, server.token)
  const replies = await Promise.all(Array.from({ length: 20 }, () => server.ask('/api/join', { lookup })))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(19)
})

test('resume takes its own seat again with the same token, and a page loaded again is a new presence', async () => {
  const server = await serveReady()
  const { ticket, technician, customer, joined } = await meet(server)
  const resumed = await join(server, ticket.lookup, joined.token)
  expect(resumed).toEqual(joined)
  customer.send({ type: 'relay', ticket: ticket.id, data: 'the older page is still here' })
  await technician.next('relay')
  const reloaded = await greet(server, 'customer', resumed.token)
  await reloaded.next('attended')
  expect(await customer.closed).toBe(1008)
  expect((await technician.next('presence')).presence.kind).toBe('waiting')
})

test('resume with the token of another ticket is a new join', async () => {
  const server = await serveReady()
  const one = await createTicket(server, server.token)
  const other = await createTicket(server, server.token)
  const first = await join(server, one.lookup)
  const second = await join(server, other.lookup, first.token)
  expect(second.ticket).toBe(other.id)
  expect(second.token).not.toBe(first.token)
})

test('a seat is kept for a while for a socket that is cut, then others may have it', async () => {
  const server = await serveReady({ limits: { seatGraceMs: 300 } })
  const { ticket, technician, customer, joined } = await meet(server)
  customer.socket.terminate()
  expect((await technician.next('presence')).presence.kind).toBe('offline')
  expect((await server.ask('/api/join', { lookup: ticket.lookup })).body).toEqual({ code: 'code-in-use' })
  await expect.poll(async () => (await server.ask('/api/join', { lookup: ticket.lookup })).status).toBe(200)
  expect((await server.ask('/api/join', { lookup: ticket.lookup, resume: joined.token })).status).toBe(409)
})

test('joins are counted by lookup, known or not, and by address', async () => {
  const server = await serveReady({
    limits: { joinsPerLookup: { points: 2, seconds: 60 }, joinsPerAddress: { points: 5, seconds: 60 } },
  })
  const statuses = []
  for (const lookup of ['11111', '11111', '11111', '22222', '33333', '44444']) {
    const { status, headers } = await server.ask('/api/join', { lookup })
    statuses.push(status)
    if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(statuses).toEqual([404, 404, 429, 404, 404, 429])
})

test('a join token dies with its time, for sockets and ICE alike', async () => {
  const server = await serveReady({ limits: { joinTokenMs: 1 } })
  const { lookup } = await createTicket(server, server.token)
  const { token } = await join(server, lookup)
  const client = await connect(server)
  client.send(helloOf('customer', token))
  expect((await client.next('refused')).refusal.code).toBe('unauthenticated')
  expect((await server.ask('/api/ice', undefined, token)).status).toBe(401)
})

test('a second half of a code never gets in: it has no place in the request', async () => {
  const server = await serveReady()
  const { lookup } = await createTicket(server, server.token)
  const reply = await server.ask('/api/join', { lookup, secret: '67890' })
  expect(reply).toMatchObject({ status: 400, body: { code: 'malformed', about: 'secret' } })
  expect((await server.ask('/api/join', { lookup: `${lookup}-67890` })).body).toEqual({
    code: 'malformed',
    about: 'lookup',
  })
})
