import { randomInt } from 'node:crypto'
import { Client } from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { TicketId } from '../../protocol/ids.ts'
import { spawnMain, startMain } from '../signalling/support/process.ts'
import { change, createTicket, setUp, temporaryFolder } from '../signalling/support/server.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'

/** A PostgreSQL that keeps its word through a crash, with an empty database. */
async function durable(): Promise<PostgresServer & { databaseUrl: string }> {
  const server = await startPostgres({ durable: true })
  onTestFinished(server.stop)
  const client = new Client({ connectionString: `${server.url}/postgres` })
  await client.connect()
  await client.query('create database deskside')
  await client.end()
  return { ...server, databaseUrl: `${server.url}/deskside` }
}

test('G2 PostgreSQL is killed under the server: it says so, goes on as soon as that is back, and is still the only one', {
  timeout: 120_000,
}, async () => {
  const postgres = await durable()
  const environment = { DATABASE_URL: postgres.databaseUrl, DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'warn' }
  const server = await startMain(environment)
  const { token } = await setUp(server)
  const ticket = await createTicket(server, token)
  const crashing = postgres.crash()
  await vi.waitFor(async () => expect((await server.ask('/healthz')).status).toBe(503), {
    timeout: 20_000,
    interval: 5,
  })
  await crashing
  await vi.waitFor(async () => expect((await server.ask('/healthz')).status).toBe(200), { timeout: 20_000 })
  expect((await server.ask(`/api/tickets/${ticket.id}`, undefined, token)).status).toBe(200)
  expect((await createTicket(server, token)).version).toBe(1)
  await vi.waitFor(() => expect(server.err()).toContain('the database is held again'), { timeout: 20_000 })
  const second = spawnMain({ ...environment, DATA_DIR: await temporaryFolder() })
  expect(await second.exited).toBe(2)
  expect(second.err()).toContain('another Deskside server uses this database')
  expect(server.child.exitCode).toBeNull()
})

test('G2 the server is killed in the midst of claims: what it acknowledged is there, and nothing is half done', {
  timeout: 120_000,
}, async () => {
  const { databaseUrl } = await durable()
  const environment = { DATABASE_URL: databaseUrl, DATA_DIR: await temporaryFolder(), LOG_LEVEL: 'silent' }
  let up = await startMain(environment)
  const { me, token } = await setUp(up)
  for (let round = 0; round < 2; round += 1) {
    const server = up
    const tickets = await Promise.all(Array.from({ length: 20 }, () => createTicket(server, token, null)))
    const acknowledged = new Set<TicketId>()
    const killAt = randomInt(1, tickets.length)
    const claims = tickets.map(async (ticket) => {
      const reply = await change(server, token, ticket, { kind: 'assign', assignee: me.id }).catch(() => undefined)
      if (reply?.status === 200) acknowledged.add(ticket.id)
      if (acknowledged.size === killAt) server.child.kill('SIGKILL')
    })
    await Promise.all(claims)
    expect(await server.exited).toBe('SIGKILL')
    up = await startMain(environment)
    for (const { id } of tickets) {
      const { body } = await up.ask(`/api/tickets/${id}`, undefined, token)
      const events = await up.ask(`/api/tickets/${id}/events`, undefined, token)
      const claimed = acknowledged.has(id)
      if (claimed) expect(body).toMatchObject({ ticket: { version: 2, state: { assignee: me.id } } })
      expect(JSON.stringify(events.body).includes('"assigned"')).toBe(JSON.stringify(body).includes('"version":2'))
    }
  }
})
