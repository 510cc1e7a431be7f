import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openPostgres } from '../../signalling/store/postgres.ts'
import { inPostgres } from '../signalling/support/database.ts'
import { emptyPostgres, silent } from './stores.ts'

test('G2 a connection that breaks between two statements of a transaction fails that transaction, and nothing else', async () => {
  const url = await emptyPostgres()
  const store = await openPostgres(url, silent, () => undefined)
  try {
    const broken = store.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
      await inPostgres(new URL(url).pathname.slice(1), `select pg_terminate_backend(${rows[0]?.pid}, 5000)`)
      // What PostgreSQL said as it went is read before the next statement.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await sql`select 1`.execute(trx)
    })
    await expect(broken).rejects.toThrow()
    expect((await sql`select 1 as one`.execute(store.db)).rows).toEqual([{ one: 1 }])
  } finally {
    await store.close()
  }
})
