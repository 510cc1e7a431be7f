import { setTimeout as wait } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import type { Log } from '../log.ts'
import { StartError } from '../start-error.ts'
import { LOCKS } from './one-writer.ts'

/** A server that was killed, or a connection of our own that broke, lets go as soon as PostgreSQL notices. */
const TRIES = 12
const BETWEEN_MS = 250
/** Between attempts to reach a database that does not answer. */
const AGAIN_MS = 1_000

export type DatabaseLock = { release(): Promise<void> }

/**
 * Holds the database until `release`: two servers on one would know nothing of each other's sockets. PostgreSQL's lock of a connection
 * that does nothing else, given back when that breaks; then it is taken again.
 * @param lost called where another server has it by then
 * @throws StartError when another server holds it; whatever `pg` throws when it cannot connect.
 */
export async function lockDatabase(
  config: ClientConfig,
  log: Log,
  lost: (why: StartError) => void,
): Promise<DatabaseLock> {
  const stopping = new AbortController()
  let held = await take(config, undefined)
  if (!held) throw inUse()
  let mine = held
  void keep()

  async function keep(): Promise<void> {
    for (;;) {
      await mine.broken
      if (stopping.signal.aborted) return
      log.error('the connection that holds the database broke: it is taken again')
      held = await retake()
      if (stopping.signal.aborted) return await held?.client.end()
      if (!held) return lost(inUse())
      log.warn('the database is held again')
      mine = held
    }
  }

  async function retake(): Promise<Held | undefined> {
    for (;;) {
      if (stopping.signal.aborted) return undefined
      try {
        return await take(config, mine.process)
      } catch {
        // It does not answer yet; whoever asks the server for something is told so.
        await wait(AGAIN_MS, undefined, { ref: false })
      }
    }
  }

  return {
    async release() {
      stopping.abort()
      await mine.client.end()
    },
  }
}

function inUse(): StartError {
  return new StartError(
    'DATABASE_URL: another Deskside server uses this database: stop that one, or give another database.',
  )
}

/** `process`: PostgreSQL's, behind this connection. */
type Held = { client: Client; process: number; broken: Promise<void> }

/** @param before our own last connection, which PostgreSQL may not have given up yet */
async function take(config: ClientConfig, before: number | undefined): Promise<Held | undefined> {
  const client = new Client(config)
  const { promise: broken, resolve } = Promise.withResolvers<void>()
  client.on('error', () => resolve())
  client.on('end', () => resolve())
  try {
    await client.connect()
    // Where this machine falls silent, another one need not wait for two hours.
    await client.query('set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3')
    if (before !== undefined) await client.query(`select pg_terminate_backend(pid) ${HOLDER} and pid = $1`, [before])
    for (let left = TRIES; left > 0; left -= 1) {
      const { rows } = await client.query('select pg_try_advisory_lock($1, 2) as taken, pg_backend_pid() as process', [
        LOCKS,
      ])
      if (rows[0]?.taken === true) return { client, process: Number(rows[0].process), broken }
      if (left > 1) await wait(BETWEEN_MS)
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  await client.end()
  return undefined
}

const HOLDER = `from pg_locks where locktype = 'advisory' and classid = ${LOCKS} and objid = 2 and granted
  and database = (select oid from pg_database where datname = current_database())`
