import * as v from 'valibot'
import { expect, test } from 'vitest'
import { RemoteLogReply, WebLogReply } from '../../protocol/log.ts'
import { RatingsReply } from '../../protocol/rating.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { meet } from './support/client.ts'
import { eventually } from './support/people.ts'
import { addColleague, change, createTicket, join, serveReady } from './support/server.ts'

type Ready = Awaited<ReturnType<typeof serveReady>>

const BOX = 'A'.repeat(100)
const rate = (server: Pick<Ready, 'ask'>, token: string | undefined, body: object) =>
  server.ask('/api/join/rating', body, token)

async function ratings(server: Ready, ticket: Pick<TicketHeader, 'id'>, token = server.token) {
  return v.parse(RatingsReply, (await server.ask(`/api/tickets/${ticket.id}/ratings`, undefined, token)).body).ratings
}

async function remote(server: Ready) {
  return v.parse(RemoteLogReply, (await server.ask('/api/log/remote', undefined, server.token)).body).rows
}

async function count(server: Ready): Promise<unknown> {
  return (await server.rows('select count(*) as count from ratings'))[0]?.count
}

/** Two who were linked, and whose session the technician ended. */
async function afterSession(limits = {}) {
  const server = await serveReady({ limits: { sessionLogMs: 5, ...limits } })
  const met = await meet(server)
  const { technician, customer, ticket } = met
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await eventually(
    () => remote(server),
    (rows) => rows.length === 1,
  )
  technician.send({ type: 'turn-away', ticket: ticket.id, reason: 'ended' })
  await customer.closed
  return { server, ...met }
}

test('Q15 a score is kept after the seat is given up, told at once, and the last one counts', async () => {
  const { server, technician, ticket, joined } = await afterSession()
  expect((await rate(server, joined.token, { score: 2, box: null })).status).toBe(204)
  expect(await technician.next('rated')).toEqual({
    type: 'rated',
    ticket: ticket.id,
    technician: server.me.id,
    score: 2,
  })
  expect((await rate(server, joined.token, { score: 5, box: BOX })).status).toBe(204)
  expect(await ratings(server, ticket)).toMatchObject([{ technician: server.me.id, score: 5, box: BOX }])
  const [session] = await remote(server)
  expect(session?.summary.score).toBe(5)
  // A resolved ticket's session is rated all the same.
  await change(server, server.token, ticket, { kind: 'resolve', sealed: 'A'.repeat(40) as never })
  expect((await rate(server, joined.token, { score: 4, box: null })).status).toBe(204)
  expect(await ratings(server, ticket)).toMatchObject([{ score: 4, box: null }])
})

test('Q15 the words are for who may open the case; a member of the group sees the score; others see nothing', async () => {
  const { server, ticket, joined } = await afterSession()
  const grace = await addColleague(server, false)
  await rate(server, joined.token, { score: 1, box: BOX })
  expect(await ratings(server, ticket, grace.token)).toMatchObject([{ score: 1, box: null }])
  await server.sql(`delete from memberships where technician = '${grace.me.id}'`)
  expect((await server.ask(`/api/tickets/${ticket.id}/ratings`, undefined, grace.token)).status).toBe(404)
})

test('Q15 nobody rates without a session: no token, a technician’s, a customer’s who only waited', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const ticket = await createTicket(server, server.token)
  const { token } = await join(server, ticket.lookup)
  const body = { score: 5, box: null }
  expect((await rate(server, undefined, body)).status).toBe(401)
  for (const other of [token, server.token, 'x'.repeat(43)]) expect((await rate(server, other, body)).status).toBe(401)
  expect(await ratings(server, ticket)).toEqual([])
})

test('Q15 what is no answer is refused: other scores, words in the clear or too long', async () => {
  const { server, ticket, joined } = await afterSession()
  const bad = [{}, { score: 0 }, { score: 6, box: null }, { score: 4.5, box: null }, { score: '5', box: null }]
  const words = ['great help, thanks to everyone who took the time to look into this', 'A'.repeat(9000), 'short']
  for (const body of [...bad, ...words.map((box) => ({ score: 5, box })), { score: 5, box: null, words: 'hi' }]) {
    expect((await rate(server, joined.token, body)).status).toBe(400)
  }
  expect(await ratings(server, ticket)).toEqual([])
})

test('Q15 help that was not asked for is not rated, and one address rates so many times', async () => {
  const { server, ticket, joined } = await afterSession({ ratingsPerAddress: { points: 2, seconds: 60 } })
  expect((await rate(server, joined.token, { score: 5, box: null })).status).toBe(204)
  await server.sql(
    `update tickets set state = 'expired', ended_at = 1, ended_why = 'not-asked' where id = '${ticket.id}'`,
  )
  expect((await rate(server, joined.token, { score: 5, box: null })).body).toMatchObject({ code: 'dead-code' })
  expect((await rate(server, joined.token, { score: 5, box: null })).status).toBe(429)
})

test('Q15 after two days a session is rated no more; what nobody answered is forgotten', async () => {
  const { server, joined } = await afterSession({ expirySweepMs: 10 })
  expect(await count(server)).toBe(1)
  await server.sql('update ratings set began_at = began_at - 172800001')
  expect((await rate(server, joined.token, { score: 5, box: null })).status).toBe(401)
  await eventually(
    () => count(server),
    (rows) => rows === 0,
  )
})

test('Q15 an admin turns the question off: who joins from then on is not to be asked, who was asked may still answer; it is in the log', async () => {
  const { server, ticket, joined } = await afterSession()
  expect(joined.asksRating).toBe(true)
  const set = (asks: unknown, token = server.token) => server.ask('/api/rating-setting', { asks }, token)
  expect((await set('no')).status).toBe(400)
  expect((await set(false)).body).toEqual({ asks: false })
  expect((await server.ask('/api/rating-setting', undefined, server.token)).body).toEqual({ asks: false })
  expect((await rate(server, joined.token, { score: 4, box: null })).status).toBe(204)
  const other = await createTicket(server, server.token)
  expect((await join(server, other.lookup)).asksRating).toBe(false)
  const { rows } = v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
  expect(rows.find(({ event }) => event.what === 'rating-set')?.event).toEqual({ what: 'rating-set', asks: false })
  await set(true)
  expect((await join(server, ticket.lookup, joined.token)).asksRating).toBe(true)
})
