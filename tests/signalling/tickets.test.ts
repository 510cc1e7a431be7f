import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TicketsReply } from '../../protocol/http.ts'
import { greet, meet } from './support/client.ts'
import { addColleague, change, createTicket, firstGroup, newKey, otherGroup, serveReady } from './support/server.ts'

const OFFLINE = { kind: 'offline' }
const WITHDRAW = { kind: 'expire', why: 'withdrawn' } as const

test('a ticket is told to those who may see it', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const { colleague: stranger } = await otherGroup(server)
  const [admin, member, other] = await Promise.all(
    [server.token, colleague.token, stranger.token].map((token) => greet(server, 'technician', token)),
  )
  const ticket = await createTicket(server, colleague.token)
  expect(ticket).toMatchObject({ state: { kind: 'open', assignee: colleague.me.id }, seconds: [], version: 1 })
  expect(ticket.expiresAt - ticket.createdAt).toBe(7 * 86_400_000)
  expect((await admin?.next('ticket'))?.ticket).toEqual(ticket)
  expect((await member?.next('ticket'))?.ticket).toEqual(ticket)
  expect(other?.seen().filter(({ type }) => type === 'ticket')).toEqual([])
})

test('tickets are made in one’s own groups, for somebody who may see them', async () => {
  const server = await serveReady()
  const { id, colleague } = await otherGroup(server)
  const group = await firstGroup(server, server.token)
  const ask = (body: object, token: string) =>
    server.ask('/api/tickets', { key: newKey(), assignee: null, ...body }, token)
  expect((await ask({ group }, colleague.token)).body).toEqual({ code: 'not-found', about: 'group' })
  expect((await ask({ group: 'x'.repeat(22) }, server.token)).body).toEqual({ code: 'not-found', about: 'group' })
  expect((await ask({ group, assignee: colleague.me.id }, server.token)).body).toMatchObject({ about: 'assignee' })
  expect((await ask({ group: id, assignee: server.me.id }, colleague.token)).status).toBe(200)
})

test('tickets are listed by pages, newest first: an admin sees all, others those of their groups', async () => {
  const server = await serveReady()
  const { colleague } = await otherGroup(server)
  const first = await createTicket(server, server.token)
  const second = await createTicket(server, colleague.token)
  const listed = (tickets: unknown[]) => ({
    tickets: tickets.map((ticket) => ({ ticket, presence: OFFLINE, held: 0 })),
    next: null,
  })
  expect((await server.ask('/api/tickets', undefined, colleague.token)).body).toEqual(listed([second]))
  const all = await server.ask('/api/tickets?state=open', undefined, server.token)
  expect(v.parse(TicketsReply, all.body).tickets.map(({ ticket }) => ticket.id)).toEqual(
    [first, second]
      .sort((one, other) => other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1))
      .map(({ id }) => id),
  )
  expect((await server.ask('/api/tickets?cursor=1', undefined, server.token)).body).toMatchObject({ code: 'malformed' })
  expect((await server.ask('/api/tickets?state=all', undefined, server.token)).body).toMatchObject({
    code: 'malformed',
  })
})

test('1 200 open tickets come on two pages, none twice and none left out', async () => {
  const server = await serveReady()
  const group = await firstGroup(server, server.token)
  const rows = Array.from({ length: 1_200 }, (_, n) => {
    const id = `ticket-${String(n).padStart(15, '0')}`
    return `('${id}', '${String(n).padStart(5, '0')}', '${group}', 'open', '${server.me.id}', ${1_000 + (n % 7)}, 9999999999999, 1)`
  })
  await server.sql(
    `insert into tickets (id, lookup, group_id, state, created_by, created_at, expires_at, version) values ${rows}`,
  )
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await server.ask(`/api/tickets${cursor && `?cursor=${cursor}`}`, undefined, server.token)
    const page: TicketsReply = v.parse(TicketsReply, body)
    seen.push(...page.tickets.map(({ ticket }) => ticket.id))
    cursor = page.next
  }
  expect(seen).toHaveLength(1_200)
  expect(new Set(seen).size).toBe(1_200)
})

test('the same key gives the same ticket, also when it comes at once; another technician’s key is another key', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const ask = { key: newKey(), group: await firstGroup(server, server.token), assignee: null }
  const replies = await Promise.all(Array.from({ length: 10 }, () => server.ask('/api/tickets', ask, server.token)))
  expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  const theirs = await server.ask('/api/tickets', ask, colleague.token)
  expect(theirs.status).toBe(200)
  expect(theirs.body).not.toEqual(replies[0]?.body)
})

test('expire turns the customer away, tells those who may see it, and is final', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  const reply = await change(server, server.token, ticket, { kind: 'expire', why: 'guessed' })
  expect(reply.body).toMatchObject({
    ticket: { id: ticket.id, state: { kind: 'expired', why: 'guessed' }, version: 2 },
  })
  expect(await customer.next('turned-away')).toEqual({ type: 'turned-away', reason: 'dead-code' })
  expect(await customer.closed).toBe(1000)
  expect(await technician.next('ticket')).toMatchObject({ ticket: { version: 2 } })
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await technician.next('refused')).refusal.code).toBe('forbidden')
  const again = await change(server, server.token, { ...ticket, version: 2 }, WITHDRAW)
  expect(again).toMatchObject({ status: 410, body: { code: 'dead-code' } })
})

test('a ticket whose time is over expires by itself', async () => {
  const server = await serveReady({ limits: { expirySweepMs: 20 } })
  const { ticket, technician, customer } = await meet(server)
  await server.backdate(ticket.id)
  expect(await customer.next('turned-away')).toEqual({ type: 'turned-away', reason: 'dead-code' })
  expect(await technician.next('ticket')).toMatchObject({ ticket: { state: { kind: 'expired', why: 'time' } } })
})

test('a ticket whose time is over is dead even before it was swept', async () => {
  const server = await serveReady()
  const { ticket, technician } = await meet(server)
  await server.backdate(ticket.id)
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
  const ask = { key: newKey(), group: await firstGroup(server, server.token), assignee: null }
  expect(await server.ask('/api/tickets', ask, server.token)).toMatchObject({ status: 429, body: { code: 'too-many' } })
})

test('tickets need a token', async () => {
  const server = await serveReady()
  expect((await server.ask('/api/tickets')).body).toEqual({ code: 'unauthenticated' })
  const ask = { key: newKey(), group: 'x'.repeat(22), assignee: null }
  expect((await server.ask('/api/tickets', ask, 'x'.repeat(40))).body).toEqual({ code: 'unauthenticated' })
})
