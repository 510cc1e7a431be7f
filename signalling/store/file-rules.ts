import type { Kysely } from 'kysely'
import * as v from 'valibot'
import { FileRules } from '../../protocol/file-rules.ts'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

export async function readFileRules(db: Db): Promise<FileRules> {
  const row = await db.selectFrom('file_rules').select(['largest', 'refused']).executeTakeFirstOrThrow()
  const { largest, refused } = row
  return v.parse(FileRules, { largest, refused: refused === '' ? [] : refused.split(' ') })
}

export async function setFileRules(db: Db, { largest, refused }: FileRules): Promise<void> {
  await db
    .updateTable('file_rules')
    .set({ largest, refused: refused.join(' ') })
    .execute()
}
