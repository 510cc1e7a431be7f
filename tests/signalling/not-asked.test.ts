import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { TicketEventsReply, TicketReply } from '../../protocol/http.ts'
import { RemoteLogReply } from '../../protocol/log.ts'
import { startMailServer } from '../support/mail-server.ts'
import { connect, greet, helloOf, meet } from './support/client.ts'
import { askOutbox, eventually } from './support/people.ts'
import { addColleague, change, createTicket, EMAIL, join, serveReady } from './support/server.ts'

type Ready = Awaited<ReturnType<typeof serveReady>>

const say = (server: Pick<Ready, 'ask'>, token: string | undefined) => server.ask('/api/join/not-asked', {}, token)

async function ticketNow(server: Ready, id: string) {
  return v.parse(TicketReply, (await server.ask(`/api/tickets/${id}`, undefined, server.token)).body).ticket
}

test('the code is blocked at once, the customer goes, and all who see the ticket are told why; again is no harm', async () => {
  const server = await serveReady()
  const { ticket, technician, customer, joined } = await meet(server)
  expect((await say(server, joined.token)).status).toBe(204)
  const told = await technician.next('ticket')
  expect(told).toMatchObject({
    ticket: { id: ticket.id, state: { kind: 'expired', why: 'not-asked' }, version: ticket.version + 1 },
    cause: { kind: 'not-asked', whom: server.me.id },
  })
  expect((await customer.next('turned-away')).reason).toBe('dead-code')
  expect(await customer.closed).toBe(1000)
  expect((await server.ask('/api/join', { lookup: ticket.lookup })).status).toBe(410)
  const { body } = await server.ask(`/api/tickets/${ticket.id}/events`, undefined, server.token)
  expect(v.parse(TicketEventsReply, body).events.at(-1)).toMatchObject({
    what: 'not-asked',
    by: null,
    whom: server.me.id,
  })
  expect((await say(server, joined.token)).status).toBe(204)
  expect((await ticketNow(server, ticket.id)).version).toBe(ticket.version + 1)
  expect((await askOutbox(server)).length).toBe(1)
})

test('only the token of the seat may say it', async () => {
  const server = await serveReady()
  const { ticket, technician, customer, joined } = await meet(server)
  for (const token of [undefined, 'x'.repeat(43), server.token]) expect((await say(server, token)).status).toBe(401)
  // Who was turned away without a session has no token any more.
  technician.send({ type: 'turn-away', ticket: ticket.id, reason: 'ended' })
  await customer.closed
  await eventually(
    () => say(server, joined.token),
    ({ status }) => status === 401,
  )
  expect((await ticketNow(server, ticket.id)).state.kind).toBe('open')
})

test.each(['ended', 'left'] as const)(
  'who understands only after a session that was %s says it with the same token; the admins are told',
  async (how) => {
    const server = await serveReady({ limits: { sessionLogMs: 5 } })
    const { ticket, technician, customer, joined } = await meet(server)
    technician.send({ type: 'link-state', ticket: ticket.id, live: true })
    await eventually(
      () => server.ask('/api/log/remote', undefined, server.token),
      ({ body }) => v.parse(RemoteLogReply, body).rows.length === 1,
    )
    if (how === 'ended') technician.send({ type: 'turn-away', ticket: ticket.id, reason: 'ended' })
    else customer.send({ type: 'leave' })
    await customer.closed
    await eventually(
      () => server.ask('/api/ice', undefined, joined.token),
      ({ status }) => status === 401,
    )
    expect((await say(server, joined.token)).status).toBe(204)
    expect((await ticketNow(server, ticket.id)).state).toMatchObject({ kind: 'expired', why: 'not-asked' })
    expect((await technician.next('ticket')).cause).toEqual({ kind: 'not-asked', whom: server.me.id })
    expect(
      (
        await eventually(
          () => askOutbox(server),
          (mails) => mails.length > 0,
        )
      ).length,
    ).toBe(1)
    expect((await say(server, joined.token)).status, 'again is no harm').toBe(204)
  },
)

test('after a session, too, nobody blocks the code of another customer who has the seat by now', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const { ticket, technician, customer, joined } = await meet(server)
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await eventually(
    () => server.ask('/api/log/remote', undefined, server.token),
    ({ body }) => v.parse(RemoteLogReply, body).rows.length === 1,
  )
  customer.send({ type: 'leave' })
  await customer.closed
  await eventually(
    () => server.ask('/api/ice', undefined, joined.token),
    ({ status }) => status === 401,
  )
  await join(server, ticket.lookup)
  expect((await say(server, joined.token)).body).toMatchObject({ code: 'code-in-use' })
  expect((await ticketNow(server, ticket.id)).state.kind).toBe('open')
})

test('a customer whose seat another one has by now blocks nobody’s code', async () => {
  const server = await serveReady({ limits: { seatGraceMs: 1 } })
  const ticket = await createTicket(server, server.token)
  const first = await join(server, ticket.lookup)
  const second = await eventually(
    () => server.ask('/api/join', { lookup: ticket.lookup }),
    ({ status }) => status === 200,
  )
  expect(second.body).not.toEqual(first)
  await greet(server, 'customer', (second.body as { token: string }).token)
  expect((await say(server, first.token)).body).toMatchObject({ code: 'code-in-use' })
  expect((await ticketNow(server, ticket.id)).state.kind).toBe('open')
})

test('behind one address each customer who had a session is heard; of those who had none only so many', async () => {
  const server = await serveReady({ limits: { notAskedPerAddress: { points: 1, seconds: 60 }, sessionLogMs: 5 } })
  const stranger = await createTicket(server, server.token)
  expect((await say(server, (await join(server, stranger.lookup)).token)).status).toBe(204)
  const { ticket, technician, joined } = await meet(server)
  expect((await say(server, joined.token)).body).toMatchObject({ code: 'too-many' })
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await eventually(
    () => say(server, joined.token),
    ({ status }) => status === 204,
  )
  expect((await ticketNow(server, ticket.id)).state).toMatchObject({ kind: 'expired', why: 'not-asked' })
})

test('of a ticket that was resolved meanwhile the admins are told once; so many times of one address', async () => {
  const server = await serveReady({ limits: { notAskedPerAddress: { points: 3, seconds: 60 } } })
  const { ticket, joined } = await meet(server)
  await change(server, server.token, ticket, { kind: 'resolve', sealed: 'A'.repeat(40) as never })
  for (let times = 0; times < 2; times += 1) expect((await say(server, joined.token)).status).toBe(204)
  expect((await ticketNow(server, ticket.id)).state.kind).toBe('resolved')
  await eventually(
    () => askOutbox(server),
    (mails) => mails.length > 0,
  )
  expect((await askOutbox(server)).length).toBe(1)
  const other = await createTicket(server, server.token)
  const { token } = await join(server, other.lookup)
  expect((await say(server, token)).status).toBe(204)
  const { status, body } = await say(server, token)
  expect([status, body]).toEqual([429, expect.objectContaining({ code: 'too-many' })])
})

test('each active admin gets a mail with the half of the code, the group and the technician, and nothing else', async () => {
  const mail = await startMailServer()
  onTestFinished(mail.close)
  const server = await serveReady({ environment: mail.environment })
  const other = await addColleague(server, true, 'omar@example.org')
  const grace = await addColleague(server, false, 'grace@example.org')
  await server.sql(`update "user" set language = 'fr' where id = '${other.me.id}'`)
  const ticket = await createTicket(server, server.token, grace.me.id)
  const { token } = await join(server, ticket.lookup)
  await say(server, token)
  const english = await mail.next(EMAIL)
  expect(english.subject).toBe('Example: a customer says “I did not ask for this”')
  for (const part of [english.text, english.html]) {
    expect(part).toContain(`connection ID ${ticket.lookup} (group Support)`)
    expect(part).toContain('The ticket was with Grace.')
    expect(part).not.toMatch(/https?:/)
  }
  const french = await mail.next('omar@example.org')
  expect(french.subject).toContain('Je n’ai rien demandé')
  expect(mail.mails.map(({ to }) => to).sort()).toEqual([EMAIL, 'omar@example.org'])
})

test('a mail that does not go through is tried again; a flood of alarms is not mailed, and told to the desks all the same', async () => {
  let refusals = 1
  const mail = await startMailServer({ refuse: () => (refusals-- > 0 ? 451 : undefined) })
  onTestFinished(mail.close)
  const limits = { mailRetryMs: 1, alarmMails: { points: 1, seconds: 60 } }
  const server = await serveReady({ environment: mail.environment, limits })
  const desk = await greet(server, 'technician', server.token)
  for (let alarm = 0; alarm < 2; alarm += 1) {
    const ticket = await createTicket(server, server.token, null)
    await desk.next('ticket')
    await say(server, (await join(server, ticket.lookup)).token)
    expect((await desk.next('ticket')).cause).toEqual({ kind: 'not-asked', whom: null })
  }
  expect((await mail.next(EMAIL)).text).toContain('Nobody had the ticket.')
  expect(mail.mails).toHaveLength(1)
})

test('what was said and allowed stays open to the admins, and to nobody else', async () => {
  const server = await serveReady()
  const grace = await addColleague(server, false)
  const ticket = await createTicket(server, server.token, grace.me.id)
  const room = `/api/rooms/case:${ticket.id}/updates`
  const write = { sealed: 'A'.repeat(40) }
  expect((await server.ask(room, write, grace.token)).status).toBe(200)
  await say(server, (await join(server, ticket.lookup)).token)
  expect((await server.ask(`${room}?after=0`, undefined, server.token)).body).toMatchObject({ head: 1 })
  expect((await server.ask(`${room}?after=0`, undefined, grace.token)).status).toBe(404)
})

test('a socket of the customer that comes back is refused: the code is dead', async () => {
  const server = await serveReady()
  const { joined } = await meet(server)
  await say(server, joined.token)
  const again = await connect(server)
  again.send(helloOf('customer', joined.token))
  expect((await again.next('refused')).refusal.code).toBe('dead-code')
})
