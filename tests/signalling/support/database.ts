import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client, types } from 'pg'
import { onTestFinished } from 'vitest'

/** Whether the servers of this run of tests keep what they keep in PostgreSQL. */
export const onPostgres = process.env.TEST_STORE === 'postgres'

/** The address of a database of this run's PostgreSQL (`tests/support/postgres-setup.ts`). */
export function postgresUrl(name: string): string {
  const server = process.env.TEST_POSTGRES
  if (server === undefined) throw new Error('This run of tests has no PostgreSQL.')
  return `${server}/${name}`
}

/** A database of its own for each data folder. */
function nameOf(dataDir: string): string {
  return `t${createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 30)}`
}

/** What a server with this data folder has in its environment. */
export function environmentOf(dataDir: string): Record<string, string> {
  return onPostgres ? { DATABASE_URL: postgresUrl(nameOf(dataDir)) } : {}
}

/** Makes the folder's database, empty or as another folder's, where it is not there; it goes with the test. */
export async function makeDatabase(dataDir: string, like?: string): Promise<void> {
  if (!onPostgres) return
  const name = nameOf(dataDir)
  if (await isThere(name)) return
  await makePostgres(name, like === undefined ? undefined : nameOf(like))
  onTestFinished(() => dropPostgres(name))
}

/** The same of one that outlives the test. */
export async function makeLastingDatabase(dataDir: string): Promise<void> {
  if (onPostgres) await makePostgres(nameOf(dataDir))
}

export async function makePostgres(name: string, like = 'template0'): Promise<void> {
  await inPostgres('postgres', `create database ${name} template ${like}`)
}

export async function dropPostgres(name: string): Promise<void> {
  await inPostgres('postgres', `drop database if exists ${name} with (force)`)
}

async function isThere(name: string): Promise<boolean> {
  return (await inPostgres('postgres', `select 1 from pg_database where datname = '${name}'`)).length > 0
}

export type Row = Record<string, unknown>

/** Changes the database of a server behind its back. SQL that both kinds understand, here and below. */
export async function execute(dataDir: string, sql: string): Promise<void> {
  if (onPostgres) await inPostgres(nameOf(dataDir), sql)
  else inSqlite(dataDir, (database) => database.exec(sql))
}

/** What one `select` finds in it. */
export async function rowsIn(dataDir: string, sql: string): Promise<Row[]> {
  if (onPostgres) return await inPostgres(nameOf(dataDir), sql)
  return inSqlite(dataDir, (database) => database.prepare(sql).all())
}

function inSqlite<Value>(dataDir: string, work: (database: DatabaseSync) => Value): Value {
  const database = new DatabaseSync(path.join(dataDir, 'deskside.sqlite'), { timeout: 5000 })
  try {
    return work(database)
  } finally {
    database.close()
  }
}

/** Every byte that the server has on its disks (journal of the database included), one character each. */
export async function textOf(dataDir: string): Promise<string> {
  const files = readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile())
  const inFolder = files.map(({ name }) => readFileSync(path.join(dataDir, name)).toString('latin1'))
  return [...inFolder, ...(onPostgres ? await valuesOf(nameOf(dataDir)) : [])].join('\0')
}

async function valuesOf(name: string): Promise<string[]> {
  const tables = await inPostgres(
    name,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  const values: string[] = []
  for (const table of tables) {
    for (const row of await inPostgres(name, `select * from "${table.name}"`)) {
      values.push(
        ...Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))),
      )
    }
  }
  return values
}

/** As SQLite has them. */
const NUMBERS = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === types.builtins.INT8 ? Number : types.getTypeParser(id, format),
}

export async function inPostgres(name: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: postgresUrl(name), types: NUMBERS })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const result = await client.query(sql)
    return Array.isArray(result) ? [] : result.rows
  } finally {
    await client.end()
  }
}
