import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import { Kysely, Migrator } from 'kysely'
import { StartError, systemErrorCode } from '../start-error.ts'
import { type Lock, lockData } from './data-lock.ts'
import { migrations } from './migrations.ts'
import type { Schema } from './schema.ts'

/** An open database with our tables in their newest form. */
export type Store = {
  db: Kysely<Schema>
  /** What better-auth calls this kind of database. */
  kind: 'sqlite'
  /** Writes everything into the main file and closes it. */
  close(): Promise<void>
}

/**
 * Opens `dataDir`/deskside.sqlite, made where there is none, readable by its owner only.
 * @throws StartError when the folder cannot be written to, or the file is not such a database.
 */
export async function openSqlite(dataDir: string): Promise<Store> {
  const file = join(resolve(dataDir), 'deskside.sqlite')
  const { database, lock } = openFiles(dataDir, file)
  const db = new Kysely<Schema>({ dialect: new NodeSqliteDialect({ database }) })
  try {
    await migrate(db, file)
  } catch (error) {
    await db.destroy()
    lock.release()
    throw error
  }
  return {
    db,
    kind: 'sqlite',
    async close() {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      await db.destroy()
      lock.release()
    },
  }
}

function openFiles(dataDir: string, file: string): { database: DatabaseSync; lock: Lock } {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartError(`DATA_DIR is "${dataDir}", and that folder cannot be made: ${reason(error)}.`, error)
  }
  const umask = process.umask(0o077)
  let lock: Lock | undefined
  try {
    lock = lockData(dataDir, join(resolve(dataDir), 'in-use.sqlite'))
    const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true })
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF')
    // Fails here, not at the first request, where the folder is read-only.
    database.exec('BEGIN IMMEDIATE; ROLLBACK')
    return { database, lock }
  } catch (error) {
    lock?.release()
    if (error instanceof StartError) throw error
    throw new StartError(`The database ${file} cannot be opened: ${reason(error)}.`, error)
  } finally {
    process.umask(umask)
  }
}

async function migrate(db: Kysely<Schema>, file: string): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error === undefined) return
  const newer = error instanceof Error && /previously executed migration/.test(error.message)
  const why = newer ? 'a newer Deskside made it' : reason(error)
  throw new StartError(`The database ${file} cannot be used: ${why}.`, error)
}

function reason(error: unknown): string {
  const code = systemErrorCode(error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'this user may not write there'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file is in its way'
  return error instanceof Error ? error.message : 'the reason is not known'
}
