import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type Kysely, sql } from 'kysely'
import '../../../signalling/heap.ts'
import { openLog } from '../../../signalling/log.ts'
import { gatherReport } from '../../../signalling/reports/figures.ts'
import { openPostgres } from '../../../signalling/store/postgres.ts'
import { listFacts } from '../../../signalling/store/report-facts.ts'
import type { Schema } from '../../../signalling/store/schema.ts'
import { openSqlite } from '../../../signalling/store/sqlite.ts'
import { startPostgres } from '../../support/postgres.ts'
import { type Family, type Figure, progress, round } from '../harness.ts'
import { BEGAN, DAYS, fillReports } from './fill.ts'

/** `REPORT_TICKETS` for a quick look; the figures are of a million. */
const COUNT = Number(process.env.REPORT_TICKETS ?? 1_000_000)
const DAY = 86_400_000
const MEGABYTE = 1024 * 1024
const MOST_STALL_MS = 200
const MOST_MEMORY = 200
const SAMPLE_MS = 10

/** The longest report of a large help desk, on both kinds of database: how long it takes, how long everything else waits, how much memory. */
export const reports: Family = {
  names: ['report-1m'],
  async measure(signal) {
    const figures: Figure[] = []
    for (const open of [openInFolder, openInPostgres]) {
      if (signal.aborted) break
      const { name, db, close } = await open()
      try {
        progress(`reports: ${name} of ${COUNT} tickets`)
        await fillReports(db, COUNT)
        if (name === 'PostgreSQL') await sql`vacuum analyze`.execute(db)
        figures.push(...(await measured(name, db, signal)))
      } finally {
        await close()
      }
    }
    return figures
  },
}

async function measured(name: string, db: Kysely<Schema>, signal: AbortSignal): Promise<Figure[]> {
  globalThis.gc?.()
  const before = inUse()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, inUse())
  }, SAMPLE_MS)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const from = performance.now()
  const days = Array.from({ length: DAYS + 1 }, (_, at) => BEGAN + at * DAY)
  const report = gatherReport(days)
  const asked = { groups: undefined, from: BEGAN, until: BEGAN + DAYS * DAY, signal }
  for await (const facts of listFacts(db, asked)) for (const fact of facts) report.add(fact)
  const { all } = await report.result()
  const ms = performance.now() - from
  delay.disable()
  clearInterval(sampling)
  if (all.created !== COUNT || all.waiting?.count !== COUNT) throw new Error(`${all.created} of ${COUNT} were counted`)
  const unit = (of: string) => `${of}, ${name}, all of ${DAYS} days with ${COUNT} tickets, waits and sessions`
  const stall = round(delay.max / 1e6)
  const memory = round((most - before) / MEGABYTE)
  const plain = { name: 'report-1m', n: 1, against: null, ratio: null, goal: null, holds: null }
  return [
    { ...plain, value: round(ms / 1000), unit: unit('s') },
    {
      ...plain,
      value: stall,
      unit: unit('ms the longest that everything else waits'),
      goal: `value <= ${MOST_STALL_MS}`,
      holds: stall <= MOST_STALL_MS,
    },
    {
      ...plain,
      value: memory,
      unit: unit('MB more memory at most'),
      goal: `value <= ${MOST_MEMORY}`,
      holds: memory <= MOST_MEMORY,
    },
  ]
}

/** What the garbage collector has not taken away yet counts too. */
function inUse(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function openInFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-bench-reports-'))
  const store = await openSqlite(folder)
  return {
    name: 'SQLite',
    db: store.db,
    async close() {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function openInPostgres() {
  const server = await startPostgres({ durable: true })
  const store = await openPostgres(`${server.url}/postgres`, openLog({ logLevel: 'silent' }), () => undefined)
  return {
    name: 'PostgreSQL',
    db: store.db,
    async close() {
      await store.close()
      await server.stop()
    },
  }
}
