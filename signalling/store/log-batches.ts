import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

const AT_ONCE = 5_000

/** The whole log from its beginning, some thousand rows at a time; in a transaction, so that it is as it was at one moment. */
export async function* logBatches(trx: Kysely<Schema>): AsyncGenerator<Schema['activity'][]> {
  // Without a beginning: a row that somebody put before the first one is found as well.
  let ahead = trx.selectFrom('activity').selectAll().orderBy('seq').limit(AT_ONCE)
  for (;;) {
    const rows = await ahead.execute()
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < AT_ONCE || !last) return
    ahead = trx.selectFrom('activity').selectAll().where('seq', '>', last.seq).orderBy('seq').limit(AT_ONCE)
  }
}
