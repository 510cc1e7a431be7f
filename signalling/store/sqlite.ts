import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect'
import { Kysely } from 'kysely'
import { StartError } from '../start-error.ts'
import { fileReason, makeDataDir } from './data-dir.ts'
import { type Lock, lockData } from './data-lock.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/**
 * Opens `dataDir`/deskside.sqlite, made where there is none, readable by its owner only. Everything goes through one connection, each
 * transaction and each statement by itself.
 * @throws StartError when the folder cannot be written to, or the file is not such a database.
 */
export async function openSqlite(dataDir: string): Promise<Store> {
  const file = fileIn(dataDir)
  const { database, lock } = openFiles(dataDir, file)
  const db = new Kysely<Schema>({ dialect: new NodeSqliteDialect({ database }) })
  try {
    await migrate(db, file, fileReason)
  } catch (error) {
    await db.destroy()
    lock.release()
    throw error
  }
  return {
    db,
    kind: 'sqlite',
    async close() {
      // Into the main file, so that a copy of it alone is whole.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      await db.destroy()
      lock.release()
    },
  }
}

/** Opens the file as it is, for reading only, also beside a server that has it open. */
export function readSqlite(dataDir: string): Kysely<Schema> {
  const database = new DatabaseSync(fileIn(dataDir), { readOnly: true, timeout: 5_000 })
  return new Kysely<Schema>({ dialect: new NodeSqliteDialect({ database }) })
}

export function fileIn(dataDir: string): string {
  return join(resolve(dataDir), 'deskside.sqlite')
}

function openFiles(dataDir: string, file: string): { database: DatabaseSync; lock: Lock } {
  makeDataDir(dataDir)
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
    throw new StartError(`The database ${file} cannot be opened: ${fileReason(error)}.`, error)
  } finally {
    process.umask(umask)
  }
}
