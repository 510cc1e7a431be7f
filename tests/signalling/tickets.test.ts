import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TicketEventsReply, TicketReply, TicketsReply } from '../../protocol/http.ts'
import { Group } from '../../protocol/people.ts'
import { Sealed } from '../../protocol/rooms.ts'
import { greet, meet } from './support/client.ts'
import { addColleague, change, createTicket, firstGroup, newKey, serveReady } from './support/server.ts'

const OFFLINE = { kind: 'offline' }
const WITHDRAW = { kind: 'expire', why: 'withdrawn' } as const
const SEALED = v.parse(Sealed, 'x'.repeat(64))

/** A second group, with one who is in it alone. */
async function otherGroup(server: Awaited<ReturnType<typeof serveReady>>) {
  const { body } = await server.ask('/api/groups', { name: 'Workshop' }, server.token)
  const { id } = v.parse(Group, body)
  const colleague = await addColleague(server, false)
  const move = { technicians: [colleague.me.id], add: [id], remove: [await firstGroup(server, server.token)] }
  await server.ask('/api/technicians/groups', move, server.token)
  return { id, colleague }
}

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
  server.sql(
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

test('of many who claim a ticket at once one has it, and the others are told of a conflict', async () => {
  const server = await serveReady()
  const colleagues = await Promise.all([1, 2, 3].map(() => addColleague(server, false)))
  const ticket = await createTicket(server, server.token, null)
  const claims = colleagues.flatMap(({ me, token }) =>
    Array.from({ length: 5 }, () => change(server, token, ticket, { kind: 'assign', assignee: me.id })),
  )
  const replies = await Promise.all(claims)
  const won = replies.filter(({ status }) => status === 200)
  expect(won).toHaveLength(1)
  for (const { status, body } of replies) if (status !== 200) expect(body).toMatchObject({ code: 'conflict' })
  const now = await server.ask(`/api/tickets/${ticket.id}`, undefined, server.token)
  expect(now.body).toEqual(won[0]?.body)
})

test('a change that was carried out, asked for again with its key, changes nothing and is no conflict', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const ticket = await createTicket(server, server.token, null)
  const [key, claim] = [newKey(), { kind: 'assign', assignee: server.me.id } as const]
  const first = await change(server, server.token, ticket, claim, key)
  const moved = { kind: 'assign', assignee: colleague.me.id } as const
  await change(server, server.token, { ...ticket, version: 2 }, moved)
  const again = await change(server, server.token, ticket, claim, key)
  expect([first.status, again.status]).toEqual([200, 200])
  expect(again.body).toMatchObject({ ticket: { version: 3, state: { assignee: colleague.me.id } } })
})

test('somebody else has it now: the desk that attended lets go, and the customer waits', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const { ticket, technician, customer } = await meet(server)
  await change(server, server.token, ticket, { kind: 'assign', assignee: colleague.me.id })
  expect(await customer.next('unattended')).toEqual({ type: 'unattended' })
  technician.send({ type: 'relay', ticket: ticket.id, data: 'x' })
  expect((await technician.next('refused')).refusal.code).toBe('forbidden')
  const theirs = await greet(server, 'technician', colleague.token)
  theirs.send({ type: 'attend', ticket: ticket.id, take: false })
  expect((await customer.next('attended')).technician).toBe(colleague.me.name)
})

test('answered is part of the presence, once the technician did something, and gone with the customer', async () => {
  const server = await serveReady()
  const { ticket, technician, customer } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  expect((await technician.next('presence')).presence).toMatchObject({ kind: 'in-session', answered: false })
  technician.send({ type: 'answered', ticket: ticket.id })
  expect((await technician.next('presence')).presence).toMatchObject({ kind: 'in-session', answered: true })
  technician.send({ type: 'answered', ticket: 'x'.repeat(22) })
  expect((await technician.next('refused')).refusal).toMatchObject({ code: 'forbidden', about: 'answered' })
  customer.send({ type: 'leave' })
  expect((await technician.next('presence')).presence).toEqual(OFFLINE)
})

test('a ticket that moves is new to one group and gone from the other, with details that only the new one opens', async () => {
  const server = await serveReady()
  const { id, colleague } = await otherGroup(server)
  const member = await addColleague(server, false)
  const [mine, theirs] = [
    await greet(server, 'technician', member.token),
    await greet(server, 'technician', colleague.token),
  ]
  const ticket = await createTicket(server, member.token)
  await mine.next('ticket')
  expect((await change(server, member.token, ticket, { kind: 'move', group: id, sealed: SEALED })).status).toBe(200)
  expect(await mine.next('ticket-gone')).toEqual({ type: 'ticket-gone', ticket: ticket.id })
  expect((await theirs.next('ticket')).ticket).toMatchObject({ group: id, state: { assignee: null } })
  expect((await server.ask(`/api/tickets/${ticket.id}`, undefined, member.token)).status).toBe(404)
  expect((await server.ask(`/api/tickets/${ticket.id}/details`, undefined, colleague.token)).body).toEqual({
    details: { kind: 'moved', sealed: SEALED },
  })
})

test('resolved: the customer is told, the code is dead, it is listed apart; reopened, it has its code again', async () => {
  const server = await serveReady()
  const { ticket, customer } = await meet(server)
  await change(server, server.token, ticket, { kind: 'resolve', sealed: SEALED })
  expect(await customer.next('turned-away')).toEqual({ type: 'turned-away', reason: 'resolved' })
  expect((await server.ask('/api/join', { lookup: ticket.lookup })).body).toMatchObject({ code: 'dead-code' })
  expect((await server.ask('/api/tickets', undefined, server.token)).body).toMatchObject({ tickets: [] })
  const { body } = await server.ask('/api/tickets?state=resolved', undefined, server.token)
  expect(body).toMatchObject({ tickets: [{ ticket: { id: ticket.id, state: { kind: 'resolved' } } }] })
  const reopened = await change(server, server.token, { ...ticket, version: 2 }, { kind: 'reopen' })
  expect(reopened.body).toMatchObject({ ticket: { lookup: ticket.lookup, state: { kind: 'open' } } })
  expect((await server.ask('/api/join', { lookup: ticket.lookup })).status).toBe(200)
})

test('a ticket that is reopened gets another lookup where a newer ticket has the old one', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  await change(server, server.token, ticket, { kind: 'resolve', sealed: SEALED })
  const other = await createTicket(server, server.token)
  server.sql(`update tickets set lookup = '${ticket.lookup}' where id = '${other.id}'`)
  const { body } = await change(server, server.token, { ...ticket, version: 2 }, { kind: 'reopen' })
  expect(v.parse(TicketReply, body).ticket.lookup).not.toBe(ticket.lookup)
})

test('the timeline has each change, the oldest first', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token, null)
  await change(server, server.token, ticket, { kind: 'assign', assignee: server.me.id })
  await change(server, server.token, { ...ticket, version: 2 }, { kind: 'resolve', sealed: SEALED })
  const { body } = await server.ask(`/api/tickets/${ticket.id}/events`, undefined, server.token)
  const { events } = v.parse(TicketEventsReply, body)
  expect(events.map(({ what }) => what)).toEqual(['created', 'assigned', 'resolved'])
  expect(events.map(({ by }) => by)).toEqual(Array(3).fill(server.me.id))
})

test('who leaves the group, or is deactivated, gives back what they may not see any more', async () => {
  const server = await serveReady()
  const [leaver, sacked] = [await addColleague(server, false), await addColleague(server, false)]
  const group = await firstGroup(server, server.token)
  const tickets = [await createTicket(server, leaver.token), await createTicket(server, sacked.token)]
  const mine = await createTicket(server, server.token)
  await change(server, server.token, mine, { kind: 'second', technician: leaver.me.id, invited: true })
  await server.ask('/api/technicians/groups', { technicians: [leaver.me.id], add: [], remove: [group] }, server.token)
  await server.ask(`/api/technicians/${sacked.me.id}`, { active: false }, server.token)
  for (const { id } of tickets) {
    const { body } = await server.ask(`/api/tickets/${id}`, undefined, server.token)
    expect(body).toMatchObject({ ticket: { state: { kind: 'open', assignee: null } } })
  }
  expect((await server.ask(`/api/tickets/${mine.id}`, undefined, server.token)).body).toMatchObject({
    ticket: { seconds: [] },
  })
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

test('a change names the version that it saw, and of many at once one wins', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  const stale = await change(server, server.token, { ...ticket, version: 2 }, WITHDRAW)
  expect(stale).toMatchObject({ status: 409, body: { code: 'conflict', about: 'version' } })
  const asks = Array.from({ length: 10 }, () => change(server, server.token, ticket, WITHDRAW))
  const statuses = (await Promise.all(asks)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
})

test('a group that has tickets is not deleted until they are moved; expired ones go with it', async () => {
  const server = await serveReady()
  const { id, colleague } = await otherGroup(server)
  const ticket = await createTicket(server, colleague.token)
  const group = await firstGroup(server, server.token)
  await server.ask(
    '/api/technicians/groups',
    { technicians: [colleague.me.id], add: [group], remove: [id] },
    server.token,
  )
  const remove = () => server.ask(`/api/groups/${id}/delete`, {}, server.token)
  expect((await remove()).body).toEqual({ code: 'group-in-use', about: 'group' })
  const lost = { ...ticket, version: 2 }
  await change(server, server.token, lost, { kind: 'resolve', sealed: SEALED })
  expect((await remove()).body).toEqual({ code: 'group-in-use', about: 'group' })
  await change(server, server.token, { ...lost, version: 3 }, { kind: 'reopen' })
  await change(server, server.token, { ...lost, version: 4 }, WITHDRAW)
  expect((await remove()).status).toBe(204)
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
  const ask = { key: newKey(), group: await firstGroup(server, server.token), assignee: null }
  expect(await server.ask('/api/tickets', ask, server.token)).toMatchObject({ status: 429, body: { code: 'too-many' } })
})

test('tickets need a token', async () => {
  const server = await serveReady()
  expect((await server.ask('/api/tickets')).body).toEqual({ code: 'unauthenticated' })
  const ask = { key: newKey(), group: 'x'.repeat(22), assignee: null }
  expect((await server.ask('/api/tickets', ask, 'x'.repeat(40))).body).toEqual({ code: 'unauthenticated' })
})
