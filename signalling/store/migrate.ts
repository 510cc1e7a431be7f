import { type Kysely, Migrator } from 'kysely'
import { StartError } from '../start-error.ts'
import { migrations } from './migrations.ts'
import type { Schema } from './schema.ts'

/**
 * Brings our tables into their newest form, all steps or none.
 * @param named the database, as the operator knows it
 * @param reason what the operator may know of an error
 * @throws StartError
 */
export async function migrate(db: Kysely<Schema>, named: string, reason: (error: unknown) => string): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error === undefined) return
  const newer = error instanceof Error && /previously executed migration/.test(error.message)
  const why = newer ? 'a newer Deskside made it' : reason(error)
  throw new StartError(`The database ${named} cannot be used: ${why}.`, error)
}
