import { DatabaseSync } from 'node:sqlite'
import { StartError, systemErrorCode } from '../start-error.ts'

export type Lock = { release(): void }

/**
 * Holds `file` until `release`: two servers on one folder would give one lookup twice and know nothing of each other's
 * sockets. An empty database, because SQLite's lock is given back by the operating system even when the server is killed.
 * @throws StartError when another server holds it.
 */
export function lockData(dataDir: string, file: string): Lock {
  const database = new DatabaseSync(file)
  try {
    // A rollback journal, not WAL: there an exclusive lock is for writers only.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT')
  } catch (error) {
    database.close()
    if (!isBusy(error)) throw error
    throw new StartError(
      `DATA_DIR is "${dataDir}", and another Deskside server uses it: stop that one, or give another folder.`,
      error,
    )
  }
  return { release: () => database.close() }
}

function isBusy(error: unknown): boolean {
  return systemErrorCode(error) === 'ERR_SQLITE_ERROR' && error instanceof Error && /locked/.test(error.message)
}
