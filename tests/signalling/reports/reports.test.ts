import * as v from 'valibot'
import { expect, test } from 'vitest'
import { ReportReply } from '../../../protocol/reports.ts'
import { meet } from '../support/client.ts'
import { addGroup, eventually } from '../support/people.ts'
import { addColleague, change, createTicket, firstGroup, serveReady } from '../support/server.ts'

type Ready = Awaited<ReturnType<typeof serveReady>>

const HOUR = 3_600_000
const today = () => `${Date.now() - HOUR},${Date.now() + HOUR}`
const ask = (server: Ready, query = '', token = server.token) =>
  server.ask(`/api/reports?days=${today()}${query}`, undefined, token)

async function report(server: Ready, query = '', token = server.token) {
  return v.parse(ReportReply, (await ask(server, query, token)).body)
}

test('L5 what happened is in the report: tickets, sessions and their length, waits, scores', async () => {
  const server = await serveReady({ limits: { sessionLogMs: 5 } })
  const { ticket, technician, customer, joined } = await meet(server)
  await createTicket(server, server.token, null)
  technician.send({ type: 'answered', ticket: ticket.id })
  technician.send({ type: 'link-state', ticket: ticket.id, live: true })
  await eventually(
    () => report(server),
    ({ all }) => all.sessions === 1,
  )
  customer.send({ type: 'leave' })
  await customer.closed
  await eventually(
    () => server.ask('/api/join/rating', { score: 4, box: null }, joined.token),
    ({ status }) => status === 204,
  )
  await change(server, server.token, ticket, { kind: 'resolve', sealed: 'A'.repeat(40) as never })
  const { all, days, groups, technicians } = await eventually(
    () => report(server),
    (now) => now.all.session !== null && now.all.waiting !== null,
  )
  expect(all).toMatchObject({ created: 2, resolved: 1, sessions: 1, scores: [0, 0, 0, 1, 0] })
  expect(all.waiting?.count).toBe(1)
  expect(all.firstAnswer).toEqual(all.waiting)
  expect(all.resolving?.count).toBe(1)
  expect(days).toMatchObject([{ created: 2, resolved: 1, sessions: 1 }])
  expect(groups).toMatchObject([{ group: ticket.group, figures: { created: 2 } }])
  // The ticket that nobody has is nobody's.
  expect(technicians).toMatchObject([{ technician: server.me.id, figures: { created: 1, resolved: 1, sessions: 1 } }])
  expect((await report(server, `&technician=${'x'.repeat(22)}`)).all.created).toBe(0)
})

test('L5 a technician reads of the own groups alone, an admin of all', async () => {
  const server = await serveReady()
  const grace = await addColleague(server, false)
  const { id: group } = await addGroup(server, 'Workshop')
  await createTicket(server, server.token, null)
  expect((await report(server, '', grace.token)).all.created).toBe(1)
  expect((await ask(server, `&group=${group}`, grace.token)).status).toBe(404)
  expect((await report(server, `&group=${group}`)).all.created).toBe(0)
  expect((await report(server, `&group=${await firstGroup(server, server.token)}`)).all.created).toBe(1)
  await server.sql(`delete from memberships where technician = '${grace.me.id}'`)
  expect((await report(server, '', grace.token)).all.created).toBe(0)
})

test('L5 days that are none, are not in order, or are too many are refused', async () => {
  const server = await serveReady()
  const bad = ['', '5', '5,5', '9,5', '1,x', '-1,5', `${Array.from({ length: 95 }, (_, at) => at).join(',')}`]
  for (const days of bad) {
    const { status, body } = await server.ask(`/api/reports?days=${days}`, undefined, server.token)
    expect([days, status, body]).toEqual([days, 400, expect.objectContaining({ code: 'malformed', about: 'days' })])
  }
})
