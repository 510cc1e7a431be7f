import { Hono } from 'hono'
import { RatingSetting } from '../../protocol/rating.ts'
import type { Services } from '../services.ts'
import { writeLog } from '../store/log.ts'
import { readRatingSetting, setRatingSetting } from '../store/rating-setting.ts'
import { readBody } from './body.ts'
import { type Env, requireAdmin } from './request.ts'

export function ratingSettingRoutes(services: Services): Hono<Env> {
  const { store } = services
  return (
    new Hono<Env>()
      // Lets in: an admin, here and below.
      .get('/rating-setting', async (c) => {
        await requireAdmin(services, c)
        return c.json((await readRatingSetting(store.db)) satisfies RatingSetting)
      })
      .post('/rating-setting', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const setting = await readBody(c, RatingSetting)
        await store.db.transaction().execute(async (trx) => {
          await setRatingSetting(trx, setting)
          const event = { what: 'rating-set', ...setting } as const
          await writeLog(trx, { at: Date.now(), by: technician.id, event })
        })
        return c.json(setting satisfies RatingSetting)
      })
  )
}
