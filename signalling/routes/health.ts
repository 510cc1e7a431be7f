import { Hono } from 'hono'
import { sql } from 'kysely'
import type { Services } from '../services.ts'
import type { Env } from './request.ts'

export function healthRoutes({ store, log }: Services): Hono<Env> {
  return (
    new Hono<Env>()
      // Lets in: anyone. Says no more than whether the database answers.
      .get('/healthz', async (c) => {
        c.header('Cache-Control', 'no-store')
        try {
          await sql`select count(*) from instance`.execute(store.db)
          return c.json({ ok: true })
        } catch (error) {
          log.error({ err: error }, 'the database does not answer')
          return c.json({ ok: false }, 503)
        }
      })
  )
}
