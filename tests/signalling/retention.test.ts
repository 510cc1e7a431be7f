import * as v from 'valibot'
import { expect, test } from 'vitest'
import { WebLogReply } from '../../protocol/log.ts'
import { GoneReply, Retention, RetentionPreview } from '../../protocol/retention.ts'
import { greet } from './support/client.ts'
import { eventually } from './support/people.ts'
import { addColleague, change, createTicket, serveReady } from './support/server.ts'
import { verdictOf } from './support/verdict.ts'

type Ready = Awaited<ReturnType<typeof serveReady>>

const SEALED = 'A'.repeat(40)
const DAY = 86_400_000

async function resolvedTicket(server: Ready, daysAgo = 0) {
  const ticket = await createTicket(server, server.token)
  await server.ask(`/api/rooms/case:${ticket.id}/updates`, { sealed: SEALED }, server.token)
  await change(server, server.token, ticket, { kind: 'resolve', sealed: SEALED as never })
  await server.sql(`update tickets set ended_at = ended_at - ${daysAgo * DAY} where id = '${ticket.id}'`)
  return ticket
}

const rowsOf = async (server: Ready, table: string) =>
  Number((await server.rows(`select count(*) as count from ${table}`))[0]?.count)

const verdict = ({ config }: Ready) => verdictOf(config)

const set = (server: Ready, body: object, token = server.token) => server.ask('/api/retention', body, token)

async function gone(server: Ready, ids: readonly string[], token = server.token) {
  return v.parse(GoneReply, (await server.ask('/api/tickets/gone', { tickets: ids }, token)).body).gone
}

test('L7 tickets that are over for longer than they are kept are deleted with all that hangs on them; others stay', async () => {
  const server = await serveReady({ limits: { retentionMs: 10 } })
  const old = await resolvedTicket(server, 31)
  const young = await resolvedTicket(server, 29)
  const open = await createTicket(server, server.token)
  await server.sql(`update tickets set created_at = created_at - ${400 * DAY} where id = '${open.id}'`)
  const preview = await server.ask(
    '/api/retention/preview',
    { ticketDays: 30, mediaDays: null, logDays: null },
    server.token,
  )
  expect(v.parse(RetentionPreview, preview.body)).toEqual({ tickets: 1, media: 0, logRows: 0 })
  expect(await rowsOf(server, 'rooms')).toBe(2)
  expect((await set(server, { ticketDays: 30, mediaDays: null, logDays: null })).status).toBe(200)
  await eventually(
    () => rowsOf(server, 'tickets'),
    (rows) => rows === 2,
  )
  expect([await rowsOf(server, 'rooms'), await rowsOf(server, 'mailbox')]).toEqual([1, 1])
  expect((await server.ask(`/api/tickets/${old.id}`, undefined, server.token)).status).toBe(404)
  expect(await gone(server, [old.id, young.id, open.id, 'x'.repeat(22)])).toEqual([old.id])
  const { rows } = v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
  const deleted = rows.filter(({ event }) => event.what === 'ticket-deleted')
  expect(deleted).toMatchObject([{ by: { kind: 'server' }, ticket: { id: old.id, lookup: old.lookup } }])
  expect(rows.find(({ event }) => event.what === 'retention-set')?.event).toEqual({
    what: 'retention-set',
    ticketDays: 30,
    mediaDays: null,
    logDays: null,
  })
})

test('L7 old rows of the log are emptied, and the chain still verifies; a row that is emptied by hand and not whole is found', async () => {
  const server = await serveReady({ limits: { retentionMs: 10 } })
  await resolvedTicket(server)
  const before = await verdict(server)
  if (before.kind !== 'sound') throw new Error(before.kind)
  // The clock cannot be put forward for a server: everything that was written is older than nothing.
  expect((await set(server, { ticketDays: null, mediaDays: null, logDays: 1 })).status).toBe(200)
  const { status, body } = await server.ask(
    '/api/retention/preview',
    { ticketDays: null, mediaDays: null, logDays: 1 },
    server.token,
  )
  expect([status, body]).toEqual([200, { tickets: 0, media: 0, logRows: 0 }])
  await server.sql(`update activity set payload = null, at = null, list = null, what = null, by_whom = null, whom = null,
    group_id = null, ticket = null, session = null, once = null, words = null,
    sort_who = null, sort_group = null, sort_kind = null, sort_duration = null, sort_end = null, sort_rating = null where seq <= 3`)
  expect(await verdict(server)).toEqual({ kind: 'broken', seq: 1, fault: 'emptied' })
  await server.sql(`update activity set payload = null where seq = 4`)
  expect(await verdict(server)).toMatchObject({ kind: 'broken', seq: 4 })
})

test('L7 rows past their time are emptied by the run, a tombstone of each stays', async () => {
  const server = await serveReady({ limits: { retentionMs: 10 } })
  await resolvedTicket(server)
  const rows = await rowsOf(server, 'activity')
  // Found by its copy of the time, which is what the run looks at.
  await server.sql(`update activity set at = at - ${3 * DAY} where seq <= ${rows - 1}`)
  await set(server, { ticketDays: null, mediaDays: null, logDays: 2 })
  await eventually(
    () => verdict(server),
    (now) => now.kind === 'sound' && now.emptied === rows - 1,
  )
  const { rows: left } = v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
  expect(left.map(({ event }) => event.what)).toContain('log-emptied')
  expect(left.map(({ event }) => event.what)).not.toContain('set-up')
})

const EMPTY = `payload = null, at = null, list = null, what = null, by_whom = null, whom = null, group_id = null, ticket = null,
  session = null, once = null, words = null, sort_who = null, sort_group = null, sort_kind = null, sort_duration = null, sort_end = null, sort_rating = null`

test('L6 L7 a row that somebody empties by hand is named, also where the run emptied others, and its own word of that', async () => {
  const server = await serveReady({ limits: { retentionMs: 10 } })
  await resolvedTicket(server)
  const empties = async (rows: number) => {
    await server.sql(`update activity set at = at - ${3 * DAY} where seq <= ${rows}`)
    await eventually(
      () => verdict(server),
      (now) => now.kind === 'sound' && now.emptied >= rows,
    )
  }
  await set(server, { ticketDays: null, mediaDays: null, logDays: 2 })
  await empties(3)
  await resolvedTicket(server)
  const rows = await rowsOf(server, 'activity')
  // The word of the first run goes with the second.
  await empties(rows)
  await resolvedTicket(server)
  const [last] = await server.rows("select max(seq) as seq from activity where what = 'ticket'")
  await server.sql(`update activity set ${EMPTY} where seq = ${last?.seq}`)
  expect(await verdict(server)).toEqual({ kind: 'broken', seq: Number(last?.seq), fault: 'emptied' })
})

test('L7 an admin deletes one ticket that is over: who saw it is told, again is a conflict or nothing, an open one stays', async () => {
  const server = await serveReady()
  const grace = await addColleague(server, false)
  const ticket = await resolvedTicket(server)
  const open = await createTicket(server, server.token)
  const desk = await greet(server, 'technician', grace.token)
  const remove = (id: string, token = server.token, version = 2) =>
    server.ask(`/api/tickets/${id}/delete`, { version }, token)
  expect((await remove(ticket.id, grace.token)).status).toBe(403)
  expect((await remove(open.id, server.token, 1)).status).toBe(409)
  // Somebody changed it since it was read.
  expect((await remove(ticket.id, server.token, 1)).status).toBe(409)
  expect((await remove(ticket.id)).status).toBe(204)
  expect((await desk.next('ticket-gone')).ticket).toBe(ticket.id)
  expect((await remove(ticket.id)).status).toBe(404)
  expect(await gone(server, [ticket.id, open.id], grace.token)).toEqual([ticket.id])
  const { rows } = v.parse(WebLogReply, (await server.ask('/api/log/web', undefined, server.token)).body)
  expect(rows[0]).toMatchObject({ event: { what: 'ticket-deleted' }, ticket: { id: ticket.id } })
})

test('L7 days that are none are refused, and nothing changes', async () => {
  const server = await serveReady()
  for (const days of [0, -1, 3651, 1.5, '30', undefined]) {
    expect((await set(server, { ticketDays: days, mediaDays: null, logDays: null })).status).toBe(400)
    expect((await set(server, { ticketDays: null, mediaDays: null, logDays: days })).status).toBe(400)
    expect((await set(server, { ticketDays: null, mediaDays: days, logDays: null })).status).toBe(400)
  }
  const { body } = await server.ask('/api/retention', undefined, server.token)
  expect(v.parse(Retention, body)).toEqual({ ticketDays: null, mediaDays: null, logDays: null })
})
