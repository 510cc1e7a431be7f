import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * An open database with our tables in their newest form. Whatever writes has it to itself until it is done: writes come one after the
 * other, and what a transaction has read still holds when it writes.
 */
export type Store = {
  db: Kysely<Schema>
  /** What better-auth calls this kind of database. */
  kind: 'sqlite' | 'postgres'
  /** Everything that was written is on the disk. */
  close(): Promise<void>
}

/** A transaction that only reads: one picture of it all, whatever is written meanwhile. */
export function reading(db: Kysely<Schema>) {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
}
