import { randomBytes } from 'node:crypto'
import type { Kysely, Migration } from 'kysely'
import * as v from 'valibot'
import { Stamp } from '../../protocol/rooms.ts'
import type { Schema } from './schema.ts'

/** Entries of mailboxes have stamps. Those of before have one together: with their number it names each of them as well. */
export const stampsMigrations: Record<string, Migration> = {
  '016-stamps': {
    async up(db: Kysely<Schema>) {
      const stamp = v.parse(Stamp, randomBytes(16).toString('base64url'))
      await db.schema.alterTable('rooms').addColumn('stamp', 'text').execute()
      await db.schema.alterTable('mailbox').addColumn('stamp', 'text').execute()
      await db.schema.alterTable('snapshots').addColumn('stamp', 'text').execute()
      await db.updateTable('rooms').set({ stamp }).execute()
      await db.updateTable('mailbox').set({ stamp }).execute()
      await db.updateTable('snapshots').set({ stamp }).execute()
    },
  },
}
