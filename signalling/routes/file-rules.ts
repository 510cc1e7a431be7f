import { Hono } from 'hono'
import { FileRules } from '../../protocol/file-rules.ts'
import { broadcastPeople } from '../people/broadcast.ts'
import type { Services } from '../services.ts'
import { readFileRules, setFileRules } from '../store/file-rules.ts'
import { writeLog } from '../store/log.ts'
import { readBody } from './body.ts'
import { type Env, requireAdmin, requireTechnician } from './request.ts'

export function fileRulesRoutes(services: Services): Hono<Env> {
  const { store, live } = services
  return (
    new Hono<Env>()
      // Lets in: a technician.
      .get('/file-rules', async (c) => {
        await requireTechnician(services, c)
        return c.json((await readFileRules(store.db)) satisfies FileRules)
      })
      // Lets in: an admin.
      .post('/file-rules', async (c) => {
        const { technician } = await requireAdmin(services, c)
        const { largest, refused } = await readBody(c, FileRules)
        const rules = { largest, refused: [...new Set(refused)] }
        await store.db.transaction().execute(async (trx) => {
          await setFileRules(trx, rules)
          const event = { what: 'file-rules-set', ...rules } as const
          await writeLog(trx, { at: Date.now(), by: technician.id, event })
        })
        broadcastPeople(services)
        for (const { header } of live.tickets.values()) live.changedLines.add(header.group)
        return c.json(rules satisfies FileRules)
      })
  )
}
