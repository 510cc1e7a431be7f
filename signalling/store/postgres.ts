import { Kysely, sql } from 'kysely'
import { Client, type ClientConfig, Pool, types } from 'pg'
import type { Log } from '../log.ts'
import { StartError, systemErrorCode } from '../start-error.ts'
import { migrate } from './migrate.ts'
import { OneWriterDialect } from './one-writer.ts'
import { lockDatabase } from './postgres-lock.ts'
import { databaseReason, explain, type Place } from './postgres-reason.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** Beside them there is the one that holds the lock. */
const CONNECTIONS = 10

/**
 * Opens a database that there is, and makes our tables in it.
 * @param url `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
 * @param lost called where another server took the database over
 * @throws StartError when it cannot be reached or used, or another server uses it; never with the password.
 */
export async function openPostgres(url: string, log: Log, lost: (why: StartError) => void): Promise<Store> {
  const config = configOf(url)
  const place = placeOf(config)
  const lock = await lockDatabase(config, log, lost).catch((error: unknown) => {
    throw error instanceof StartError ? error : explain(error, place)
  })
  const db = connect(config, log)
  try {
    await requireUnicode(db, place)
    await migrate(db, `"${place.database}"`, databaseReason)
  } catch (error) {
    await db.destroy()
    await lock.release()
    throw error instanceof StartError ? error : explain(error, place)
  }
  return {
    db,
    kind: 'postgres',
    async close() {
      await db.destroy()
      await lock.release()
    },
  }
}

/** The same as it is, to read from, also beside a server that uses it. @throws StartError where it does not answer. */
export async function readPostgres(url: string, log: Log): Promise<Kysely<Schema>> {
  const config = configOf(url)
  const db = connect(config, log)
  try {
    await sql`select 1`.execute(db)
    return db
  } catch (error) {
    await db.destroy()
    throw explain(error, placeOf(config))
  }
}

function configOf(connectionString: string): ClientConfig {
  return {
    connectionString,
    application_name: 'deskside',
    connectionTimeoutMillis: 20_000,
    keepAlive: true,
    // A server that falls silent in the midst of a transaction must not keep the next one from writing.
    idle_in_transaction_session_timeout: 60_000,
    types: {
      getTypeParser: (id: number, format?: 'text' | 'binary') =>
        id === BIGINT ? toNumber : types.getTypeParser(id, format),
    },
  }
}

const BIGINT = types.builtins.INT8

/** Times, counts and numbers of rows are whole and far below 2^53, as everywhere else. */
function toNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a number of the database is too large')
  return value
}

/** As `pg` reads the address. @throws StartError where it cannot. */
function placeOf(config: ClientConfig): Place {
  try {
    const { host, port, user, database } = new Client(config)
    return { host, port, user, database }
  } catch {
    throw new StartError(
      'DATABASE_URL is not valid: give an address such as postgres://user:password@127.0.0.1:5432/deskside.',
    )
  }
}

function connect(config: ClientConfig, log: Log): Kysely<Schema> {
  const pool = new Pool({ ...config, max: CONNECTIONS })
  // Of a connection that nobody uses just then: the next one who asks gets a new one.
  pool.on('error', (error) => log.warn({ reason: systemErrorCode(error) }, 'a connection to the database broke'))
  // Of one in use it would end the process if nobody heard it; the statement that comes next fails, and says so.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Schema>({ dialect: new OneWriterDialect({ pool }) })
}

async function requireUnicode(db: Kysely<Schema>, { database }: Place): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db)
  const encoding = rows[0]?.server_encoding
  if (encoding === 'UTF8') return
  throw new StartError(`DATABASE_URL: the database "${database}" is in ${encoding}: create it with the encoding UTF8.`)
}
