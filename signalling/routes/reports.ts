import { Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { ReportQuery, type ReportReply } from '../../protocol/reports.ts'
import { makeLanes } from '../lanes.ts'
import { gatherReport } from '../reports/figures.ts'
import type { Services } from '../services.ts'
import { listFacts } from '../store/report-facts.ts'
import { maySee } from '../tickets/rights.ts'
import { type Env, requireTechnician } from './request.ts'

export function reportRoutes(services: Services): Hono<Env> {
  const lanes = makeLanes()
  return (
    new Hono<Env>()
      // Lets in: a technician; shows the own groups, an admin all.
      .get('/reports', async (c) => {
        const { technician: reader } = await requireTechnician(services, c)
        await services.throttles.reportsPerTechnician.take(reader.id)
        const query = v.safeParse(ReportQuery, c.req.query(), { abortEarly: true })
        if (!query.success)
          throw new RefusedError({ code: 'malformed', about: v.getDotPath(query.issues[0]) ?? 'query' })
        const { days, group, technician } = query.output
        if (group !== undefined && !maySee(reader, { group }))
          throw new RefusedError({ code: 'not-found', about: 'group' })
        const all = reader.admin ? undefined : reader.groups
        const groups = group === undefined ? all : [group]
        const asked = { groups, from: days[0] ?? 0, until: days.at(-1) ?? 0, signal: c.req.raw.signal }
        // One after the other: each keeps how long everything took.
        return await lanes(reader.id, async () => {
          const report = gatherReport(days)
          for await (const facts of listFacts(services.store.db, asked)) {
            for (const fact of facts) if (technician === undefined || fact.technician === technician) report.add(fact)
          }
          return c.json((await report.result()) satisfies ReportReply)
        })
      })
  )
}
