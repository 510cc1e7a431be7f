import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { createTicket, firstGroup, serveReady } from '../signalling/support/server.ts'

/** Fills the database with tickets that have these lookups. */
function fill(
  dataDir: string,
  of: { state: 'open' | 'expired'; endedAt: number | null; which(number: number): boolean },
): void {
  const database = new DatabaseSync(join(dataDir, 'deskside.sqlite'))
  const insert = database.prepare(
    `insert into tickets (id, lookup, group_id, state, created_by, created_at, expires_at, ended_at, ended_why, version)
     select ?, ?, id, ?, 'x', 1, ?, ?, ?, 1 from groups limit 1`,
  )
  database.exec('begin')
  for (let number = 0; number < 100_000; number++) {
    if (!of.which(number)) continue
    const digits = String(number).padStart(5, '0')
    const why = of.endedAt === null ? null : 'time'
    insert.run(`${of.state}${digits}`.padEnd(22, '_'), digits, of.state, Date.now() + 1e9, of.endedAt, why)
  }
  database.exec('commit')
  database.close()
}

test('when open tickets have every lookup, a new one is refused as unavailable', async () => {
  const server = await serveReady()
  fill(server.config.dataDir, { state: 'open', endedAt: null, which: () => true })
  const reply = await server.ask(
    '/api/tickets',
    { key: 'k'.repeat(22), group: await firstGroup(server, server.token), assignee: null },
    server.token,
  )
  expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } })
})

test('a lookup rests for a day after its ticket died, where there are others', async () => {
  const server = await serveReady()
  fill(server.config.dataDir, { state: 'expired', endedAt: Date.now(), which: (number) => number % 2 === 1 })
  for (let count = 0; count < 20; count++) {
    expect(Number((await createTicket(server, server.token)).lookup) % 2).toBe(0)
  }
})
