import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { Client } from 'pg'
import { openLog } from '../../../signalling/log.ts'
import { openPostgres } from '../../../signalling/store/postgres.ts'
import type { Schema } from '../../../signalling/store/schema.ts'
import { fileIn, openSqlite } from '../../../signalling/store/sqlite.ts'
import { startPostgres } from '../../support/postgres.ts'
import { COLUMNS, type Row, rowsOf } from './rows.ts'

/** A store with a long log, and the same database without anything of ours before it: `?` stands for a value. */
export type FilledStore = {
  name: 'SQLite' | 'PostgreSQL'
  db: Kysely<Schema>
  raw(sql: string, values?: readonly (string | number)[]): Promise<{ payload: string; at: number; seq: number }[]>
  close(): Promise<void>
}

type Raw = Awaited<ReturnType<FilledStore['raw']>>

export async function fillSqlite(rows: number): Promise<FilledStore> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-bench-log-'))
  const store = await openSqlite(folder)
  const database = new DatabaseSync(fileIn(folder), { timeout: 5_000 })
  const insert = database.prepare(
    `insert into activity (${COLUMNS.join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`,
  )
  database.exec('begin')
  for (const { rows: some, head } of rowsOf(rows, 5_000)) {
    for (const row of some) insert.run(...COLUMNS.map((column) => row[column]))
    database.prepare('update activity_head set seq = ?, hash = ?').run(head.seq, head.hash)
  }
  database.exec('commit; pragma optimize')
  return {
    name: 'SQLite',
    db: store.db,
    // The table's columns are the migrations'.
    raw: async (sql, values = []) => database.prepare(sql).all(...values) as Raw,
    async close() {
      database.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const NUMBERS = new Set<string>(['seq', 'at', 'sort_duration', 'sort_rating'])

export async function fillPostgres(rows: number): Promise<FilledStore> {
  const server = await startPostgres({ durable: true })
  const admin = await connect(`${server.url}/postgres`)
  await admin.query('create database deskside')
  await admin.end()
  const url = `${server.url}/deskside`
  const store = await openPostgres(url, openLog({ logLevel: 'silent' }), () => undefined)
  const client = await connect(url)
  for (const { rows: some, head } of rowsOf(rows, 5_000)) {
    const arrays = COLUMNS.map((column) => some.map((row: Row) => row[column]))
    const types = COLUMNS.map((column, at) => `$${at + 1}::${NUMBERS.has(column) ? 'bigint' : 'text'}[]`)
    await client.query(`insert into activity (${COLUMNS.join(', ')}) select * from unnest(${types.join(', ')})`, arrays)
    await client.query('update activity_head set seq = $1, hash = $2', [head.seq, head.hash])
  }
  // As PostgreSQL does by itself some minutes after so many rows.
  await client.query('vacuum analyze')
  return {
    name: 'PostgreSQL',
    db: store.db,
    async raw(sql, values = []) {
      let number = 0
      const { rows } = await client.query(
        sql.replace(/\?/g, () => `$${++number}`),
        [...values],
      )
      return rows
    },
    async close() {
      await client.end()
      await store.close()
      await server.stop()
    },
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}
