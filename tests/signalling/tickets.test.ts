import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { greet, meet } from './support/client.ts'
import { addColleague, createTicket, serveReady } from './support/server.ts'

const newKey = () => randomBytes(16).toString('base64url')

test('a ticket is its creator’s, and told to those who may see it', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const admin = await greet(server, 'technician', server.token)
  const ticket = await createTicket(server, colleague.token)
  expect(ticket).toMatchObject({ state: { kind: 'open', assignee: colleague.me.id }, version: 1 })
  expect(ticket.expiresAt - ticket.createdAt).toBe(7 * 86_400_000)
  expect((await admin.next('ticket')).ticket).toEqual(ticket)
})

test('tickets are listed newest first: an admin sees all, others their own', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const first = await createTicket(server, server.token)
  const second = await createTicket(server, colleague.token)
  const offline = { kind: 'offline' }
  expect((await server.ask('/api/tickets', undefined, colleague.token)).body).toEqual({
    tickets: [{ ticket: second, presence: offline }],
  })
  const { body } = await server.ask('/api/tickets', undefined, server.token)
  expect(body).toEqual({ tickets: [second, first].map((ticket) => ({ ticket, presence: offline })) })
})

test('the same key gives the same ticket, also when it comes at once; another technician’s key is another key', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const key = newKey()
  const replies = await Promise.all(Array.from({ length: 10 }, () => server.ask('/api/tickets', { key }, server.token)))
  expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  const theirs = await server.ask('/api/tickets', { key }, colleague.token)
  expect(theirs.body).not.toEqual(replies[0]?.body)
})

test('expire turns the customer away, tells those who may see it, and is final', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  const path = `/api/tickets/${ticket.id}/expire`
  const reply = await server.ask(path, { version: 1, why: 'guessed' }, server.token)
  expect(reply.body).toMatchObject({
    ticket: { id: ticket.id, state: { kind: 'expired', why: 'guessed' }, version: 2 },
  })
  expect(await customer.next('turned-away')).toEqual({ type: 'turned-away', reason: 'dead-code' })
  expect(await customer.closed).toBe(1000)
  expect(await technician.next('ticket')).toMatchObject({ ticket: { version: 2 } })
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await technician.next('refused')).refusal.code).toBe('forbidden')
  const again = await server.ask(path, { version: 2, why: 'guessed' }, server.token)
  expect(again).toMatchObject({ status: 410, body: { code: 'dead-code' } })
  expect((await server.ask('/api/tickets', undefined, server.token)).body).toEqual({ tickets: [] })
})

test('expire names the version that it saw, and of many at once one wins', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const path = `/api/tickets/${ticket.id}/expire`
  const stale = await server.ask(path, { version: 2, why: 'withdrawn' }, server.token)
  expect(stale).toMatchObject({ status: 409, body: { code: 'conflict', about: 'version' } })
  const asks = Array.from({ length: 10 }, () => server.ask(path, { version: 1, why: 'withdrawn' }, server.token))
  const statuses = (await Promise.all(asks)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
})

test('expire is for the assignee', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const mine = await createTicket(server, server.token)
  const theirs = await createTicket(server, colleague.token)
  const ask = (id: string, token?: string) =>
    server.ask(`/api/tickets/${id}/expire`, { version: 1, why: 'withdrawn' }, token)
  expect(await ask(theirs.id, server.token)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(await ask(mine.id, colleague.token)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect(await ask('A'.repeat(22), server.token)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect(await ask('1', server.token)).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect(await ask(mine.id)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
})

test('a ticket whose time is over expires by itself', async () => {
  const server = await serveReady({ limits: { expirySweepMs: 20 } })
  const { ticket, technician, customer } = await meet(server)
  server.backdate(ticket.id)
  expect(await customer.next('turned-away')).toEqual({ type: 'turned-away', reason: 'dead-code' })
  expect(await technician.next('ticket')).toMatchObject({ ticket: { state: { kind: 'expired', why: 'time' } } })
})

test('a ticket whose time is over is dead even before it was swept', async () => {
  const server = await serveReady()
  const { ticket, technician } = await meet(server)
  server.backdate(ticket.id)
  expect((await server.ask('/api/join', { lookup: ticket.lookup })).body).toEqual({
    code: 'dead-code',
    about: 'lookup',
  })
  technician.send({ type: 'attend', ticket: ticket.id, take: true })
  expect((await technician.next('refused')).refusal.code).toBe('dead-code')
})

test('tickets of one technician are counted', async () => {
  const server = await serveReady({ limits: { ticketsPerTechnician: { points: 1, seconds: 60 } } })
  await createTicket(server, server.token)
  const second = await server.ask('/api/tickets', { key: newKey() }, server.token)
  expect(second).toMatchObject({ status: 429, body: { code: 'too-many' } })
})

test('tickets need a token', async () => {
  const server = await serveReady()
  expect((await server.ask('/api/tickets')).body).toEqual({ code: 'unauthenticated' })
  expect((await server.ask('/api/tickets', { key: newKey() }, 'x'.repeat(40))).body).toEqual({
    code: 'unauthenticated',
  })
})
