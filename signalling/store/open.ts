import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { StartError } from '../start-error.ts'
import type { Schema } from './schema.ts'
import { openSqlite, readSqlite } from './sqlite.ts'
import type { Store } from './store.ts'

type Where = Pick<Config, 'dataDir' | 'databaseUrl'>

/**
 * PostgreSQL where there is a `DATABASE_URL`, otherwise SQLite in the data folder. No other server has it until it is closed.
 * @param lost called where another server took it over all the same
 * @throws StartError
 */
export async function openStore(
  { dataDir, databaseUrl }: Where,
  log: Log,
  lost: (why: StartError) => void,
): Promise<Store> {
  if (databaseUrl === undefined) return await openSqlite(dataDir)
  // Who has no PostgreSQL does not load what speaks with one.
  const { openPostgres } = await import('./postgres.ts')
  return await openPostgres(databaseUrl, log, lost)
}

/** For reading only, and as it is, also beside the server that has it. */
export async function readStore({ dataDir, databaseUrl }: Where, log: Log): Promise<Kysely<Schema>> {
  if (databaseUrl === undefined) return readSqlite(dataDir)
  const { readPostgres } = await import('./postgres.ts')
  return await readPostgres(databaseUrl, log)
}
