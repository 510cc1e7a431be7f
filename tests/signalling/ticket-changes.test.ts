import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { SignedIn } from '../../protocol/account.ts'
import { TicketEventsReply, TicketReply } from '../../protocol/http.ts'
import { Sealed } from '../../protocol/rooms.ts'
import { greet, meet } from './support/client.ts'
import { join, moveOut, openTicket, serveGroup } from './support/rooms.ts'
import { addColleague, change, createTicket, firstGroup, newKey, otherGroup, serveReady } from './support/server.ts'

const OFFLINE = { kind: 'offline' }
const WITHDRAW = { kind: 'expire', why: 'withdrawn' } as const
const SEALED = v.parse(Sealed, 'x'.repeat(64))

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

test('a key that was used for one ticket does nothing for another, and tells nothing of the one', async () => {
  const server = await serveReady()
  const one = await createTicket(server, server.token)
  const other = await createTicket(server, server.token)
  const key = newKey()
  await change(server, server.token, one, WITHDRAW, key)
  const reply = await change(server, server.token, other, WITHDRAW, key)
  expect([reply.status, reply.body]).toEqual([409, { code: 'conflict', about: 'key' }])
  const now = await server.ask(`/api/tickets/${other.id}`, undefined, server.token)
  expect(now.body).toMatchObject({ ticket: { version: 1, state: { kind: 'open' } } })
})

test('who left the group learns nothing of a ticket by the key that made it', async () => {
  const server = await serveGroup()
  const { group, grace } = server
  const ask = { key: newKey(), group, assignee: grace.me.id }
  await server.ask('/api/tickets', ask, grace.token)
  await moveOut(server, group, grace)
  const elsewhere = await firstGroup(server, grace.token)
  const reply = await server.ask('/api/tickets', { ...ask, group: elsewhere }, grace.token)
  expect([reply.status, reply.body]).toEqual([404, { code: 'not-found', about: 'ticket' }])
})

test('two seconds who are moved out of the group at once are both seconds no more', async () => {
  const server = await serveGroup()
  const { group, grace, linus, stranger } = server
  await join(server, group, stranger)
  const ticket = await openTicket(server, group, grace)
  const invite = async (who: SignedIn, version: number) =>
    await change(server, grace.token, { ...ticket, version }, { kind: 'second', technician: who.me.id, invited: true })
  await invite(linus, 1)
  await invite(stranger, 2)
  const technicians = [linus.me.id, stranger.me.id]
  await server.ask('/api/technicians/groups', { technicians, add: [], remove: [group] }, server.token)
  const { body } = await server.ask(`/api/tickets/${ticket.id}`, undefined, grace.token)
  expect(body).toMatchObject({ ticket: { seconds: [], version: 5 } })
})

test('somebody else has it now: the desk that attended lets go, and the customer waits', async () => {
  const server = await serveReady()
  const colleague = await addColleague(server, false)
  const { ticket, technician, customer } = await meet(server)
  await change(server, server.token, ticket, { kind: 'assign', assignee: colleague.me.id })
  expect(await customer.next('unattended')).toEqual({ type: 'unattended', why: 'released' })
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
  await server.sql(`update tickets set lookup = '${ticket.lookup}' where id = '${other.id}'`)
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
  const use = async () => (await server.ask(`/api/groups/${id}/use`, undefined, server.token)).body
  expect(await use()).toEqual({ open: 1, resolved: 0 })
  expect((await remove()).body).toEqual({ code: 'group-in-use', about: 'group' })
  const lost = { ...ticket, version: 2 }
  await change(server, server.token, lost, { kind: 'resolve', sealed: SEALED })
  expect((await remove()).body).toEqual({ code: 'group-in-use', about: 'group' })
  expect(await use()).toEqual({ open: 0, resolved: 1 })
  await change(server, server.token, { ...lost, version: 3 }, { kind: 'reopen' })
  await change(server, server.token, { ...lost, version: 4 }, WITHDRAW)
  expect(await use()).toEqual({ open: 0, resolved: 0 })
  expect((await remove()).status).toBe(204)
})
