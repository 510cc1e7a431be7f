import type { Kysely } from 'kysely'
import type { RatingSetting } from '../../protocol/rating.ts'
import type { Schema } from './schema.ts'

export async function readRatingSetting(db: Kysely<Schema>): Promise<RatingSetting> {
  const { asks } = await db.selectFrom('rating_setting').select('asks').executeTakeFirstOrThrow()
  return { asks: asks === 1 }
}

export async function setRatingSetting(db: Kysely<Schema>, { asks }: RatingSetting): Promise<void> {
  await db
    .updateTable('rating_setting')
    .set({ asks: asks ? 1 : 0 })
    .execute()
}
