import { DatabaseSync } from 'node:sqlite'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import { Kysely, Migrator } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { migrations } from '../../signalling/store/migrations.ts'
import type { Schema } from '../../signalling/store/schema.ts'
import { greet } from './support/client.ts'
import { askPeople } from './support/people.ts'
import { arrive, read, setFirstGroup } from './support/queue-rules.ts'
import { createTicket, firstGroup, serveReady } from './support/server.ts'

const OFF = { assignment: 'off', silentMinutes: null, answerMinutes: null, resolveMinutes: null } as const

test('an admin sets what a group promises; every member reads it, every desk is told, and the log has it', async () => {
  const server = await serveReady()
  expect((await askPeople(server)).groups).toMatchObject([{ answerMinutes: null, resolveMinutes: null }])
  const technician = await greet(server, 'technician', server.token)
  await setFirstGroup(server, { ...OFF, answerMinutes: 15, resolveMinutes: 480 })
  await technician.next('people')
  expect((await askPeople(server)).groups).toMatchObject([{ answerMinutes: 15, resolveMinutes: 480 }])
  const { body } = await server.ask('/api/log/web', undefined, server.token)
  expect(JSON.stringify(body)).toContain('"answerMinutes":15,"resolveMinutes":480')
})

test('no promise of nothing, of parts of a minute, or beyond what the schema allows', async () => {
  const server = await serveReady()
  const path = `/api/groups/${await firstGroup(server, server.token)}/settings`
  for (const wrong of [0, -1, 1.5, '5', 1441, 99_999]) {
    const reply = await server.ask(path, { ...OFF, answerMinutes: wrong }, server.token)
    expect(reply, String(wrong)).toMatchObject({ status: 400, body: { code: 'malformed' } })
  }
  for (const wrong of [0, 43_201]) {
    expect((await server.ask(path, { ...OFF, resolveMinutes: wrong }, server.token)).status).toBe(400)
  }
  expect((await server.ask(path, { ...OFF, answerMinutes: 1440, resolveMinutes: 43_200 }, server.token)).status).toBe(
    200,
  )
})

test('the first answer is written down once, told without a new version, and forgotten when the ticket is reopened', async () => {
  const server = await serveReady()
  const ticket = await createTicket(server, server.token)
  expect(ticket).toMatchObject({ openedAt: ticket.createdAt, answeredAt: null })
  const technician = await greet(server, 'technician', server.token)
  await arrive(server, ticket)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  technician.send({ type: 'answered', ticket: ticket.id })
  const told = (await technician.next('ticket')).ticket
  expect(told).toMatchObject({ id: ticket.id, version: ticket.version })
  expect(told.answeredAt).toBeGreaterThanOrEqual(ticket.createdAt)
  expect(await read(server, ticket.id)).toEqual(told)

  const change = async (change: object, version: number) => {
    const body = { key: `${version}`.padEnd(22, 'A'), version, change }
    expect((await server.ask(`/api/tickets/${ticket.id}/changes`, body, server.token)).status).toBe(200)
  }
  await change({ kind: 'resolve', sealed: Buffer.alloc(200, 1).toString('base64url') }, told.version)
  expect((await read(server, ticket.id)).answeredAt).toBe(told.answeredAt)
  await change({ kind: 'reopen' }, told.version + 1)
  const reopened = await read(server, ticket.id)
  expect(reopened.answeredAt).toBeNull()
  expect(reopened.openedAt).toBeGreaterThanOrEqual(told.answeredAt ?? Number.POSITIVE_INFINITY)
  expect(reopened.createdAt).toBe(ticket.createdAt)
})

test('tickets from before count from what is still known of them', async () => {
  const database = new DatabaseSync(':memory:')
  const db = new Kysely<Schema>({ dialect: new NodeSqliteDialect({ database }) })
  onTestFinished(() => db.destroy())
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  await migrator.migrateTo('017-activity-log')
  database.exec(`
    insert into groups (id, name, folded, created_at, assignment) values ('support', 'Support', 'support', 1, 'off');
    insert into tickets (id, lookup, group_id, state, created_by, created_at, expires_at, version) values
      ('plain', '10001', 'support', 'open', 'ada', 100, 900, 1),
      ('answered', '10002', 'support', 'open', 'ada', 100, 900, 1),
      ('reopened', '10003', 'support', 'open', 'ada', 100, 900, 3);
    insert into waits (group_id, ticket, arrived_at, answered_at) values
      ('support', 'answered', 150, 200), ('support', 'answered', 250, 300), ('support', 'reopened', 150, 200);
    insert into ticket_events (ticket, version, at, by_whom, what) values ('reopened', 3, 500, 'ada', 'reopened');
  `)
  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  const rows = await db.selectFrom('tickets').select(['id', 'opened_at', 'answered_at']).orderBy('id').execute()
  expect(rows).toEqual([
    { id: 'answered', opened_at: 100, answered_at: 200 },
    { id: 'plain', opened_at: 100, answered_at: null },
    { id: 'reopened', opened_at: 500, answered_at: null },
  ])
  expect(await db.selectFrom('groups').select(['answer_minutes', 'resolve_minutes']).execute()).toEqual([
    { answer_minutes: null, resolve_minutes: null },
  ])
})
