import { hash } from 'node:crypto'
import type { LogQuery } from '../../../protocol/log.ts'
import { verifyLog } from '../../../signalling/log/verify.ts'
import { readLogHead } from '../../../signalling/store/log.ts'
import { logBatches } from '../../../signalling/store/log-batches.ts'
import { readLog } from '../../../signalling/store/log-pages.ts'
import { reading } from '../../../signalling/store/store.ts'
import { type Family, type Figure, median, progress, quantile, round } from '../harness.ts'
import { group, person, timeOf } from './rows.ts'
import { type FilledStore, fillPostgres, fillSqlite } from './stores.ts'

const ASKED = 200
const SLOW_EACH = 20
const PAGE = 50
const P95_MS = 100

/** `LOG_ROWS` for a quick look; the figures are of a million. */
const ROWS = Number(process.env.LOG_ROWS ?? 1_000_000)

/** Pages of a long log as an admin asks for them, all of it as an export does, and its verification, on both kinds of database. */
export const activityLog: Family = {
  names: ['log-page-1m', 'log-export', 'log-verify'],
  async measure(signal) {
    const figures: Figure[] = []
    for (const fill of [fillSqlite, fillPostgres]) {
      if (signal.aborted) break
      progress(`log: ${fill.name} of ${ROWS} rows`)
      const store = await fill(ROWS)
      try {
        figures.push(...(await pages(store, signal)), await exported(store, signal), await verified(store))
      } finally {
        await store.close()
      }
    }
    return figures
  },
}

const admin = { ...person(0), admin: true, groups: [] }
const asking: LogQuery = { sort: 'time', order: 'descending', limit: PAGE }
const NEWEST = `order by at desc, seq desc limit ${PAGE + 1}`
const THURSDAY = timeOf(Math.floor(ROWS / 2))

/** `slow`: plain SQL reads all of the log for it, and is asked less often. */
type Page = { name: string; query: LogQuery; sql: string; values: readonly (string | number)[]; slow?: boolean }

const PAGES: Page[] = [
  { name: 'the first page', query: asking, sql: `list = 'web' ${NEWEST}`, values: [] },
  {
    name: 'by technician',
    query: { ...asking, technician: person(3).id },
    sql: `list = 'web' and (by_whom = ? or whom = ?) ${NEWEST}`,
    values: [person(3).id, person(3).id],
  },
  {
    name: 'by group',
    query: { ...asking, group: group(2).id },
    sql: `list = 'web' and (group_id = ? or (group_id is null and by_whom in (select technician from memberships where group_id = ?))) ${NEWEST}`,
    values: [group(2).id, group(2).id],
  },
  {
    name: 'a day in the middle, by technician',
    query: { ...asking, technician: person(3).id, from: THURSDAY, until: THURSDAY + 86_400_000 },
    sql: `list = 'web' and at >= ? and at < ? and (by_whom = ? or whom = ?) ${NEWEST}`,
    values: [THURSDAY, THURSDAY + 86_400_000, person(3).id, person(3).id],
  },
  {
    name: 'a search that finds a page',
    query: { ...asking, search: 'technician 4' },
    sql: `list = 'web' and words like ? ${NEWEST}`,
    values: ['%technician 4%'],
  },
  ...(['who', 'kind', 'group'] as const).map(
    (sort): Page => ({
      name: `by ${sort}, put in order`,
      query: { ...asking, sort, order: 'ascending' },
      sql: `list = 'web' and sort_${sort} is not null order by sort_${sort}, at desc, seq desc limit ${PAGE + 1}`,
      values: [],
    }),
  ),
  {
    name: 'in the order of who, from the middle',
    query: { ...asking, sort: 'who', order: 'ascending', cursor: placeOf('technician 30', THURSDAY) },
    sql: `list = 'web' and sort_who = 'technician 30' and at <= ? order by sort_who, at desc, seq desc limit ${PAGE + 1}`,
    values: [THURSDAY],
  },
  {
    name: 'by group, in the order of who',
    query: { ...asking, sort: 'who', order: 'ascending', group: group(2).id },
    sql: `list = 'web' and group_id = ? order by sort_who, at desc, seq desc limit ${PAGE + 1}`,
    values: [group(2).id],
    slow: true,
  },
  {
    name: 'an hour in the middle, in the order of kind',
    query: { ...asking, sort: 'kind', order: 'ascending', from: THURSDAY, until: THURSDAY + 3_600_000 },
    sql: `list = 'web' and at >= ? and at < ? order by sort_kind, at desc, seq desc limit ${PAGE + 1}`,
    values: [THURSDAY, THURSDAY + 3_600_000],
  },
  {
    name: 'a day in the middle, in the order of who',
    query: { ...asking, sort: 'who', order: 'ascending', from: THURSDAY, until: THURSDAY + 86_400_000 },
    sql: `list = 'web' and at >= ? and at < ? order by sort_who, at desc, seq desc limit ${PAGE + 1}`,
    values: [THURSDAY, THURSDAY + 86_400_000],
    slow: true,
  },
]

/** As a page in the order of who ends. */
function placeOf(who: string, at: number): string {
  return Buffer.from(JSON.stringify([who, at, ROWS])).toString('base64url')
}

/** Each page in turn with the same rows read by plain SQL, nothing decoded. */
async function pages({ name: kind, db, raw }: FilledStore, signal: AbortSignal): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, query, sql, values, slow } of PAGES) {
    const [ours, bare]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < ASKED && !signal.aborted; turn += 1) {
      ours.push(await timed(() => readLog(db, 'web', admin, query)))
      if (slow && turn % SLOW_EACH > 0) continue
      bare.push(await timed(() => raw(`select payload, at, seq from activity where ${sql}`, values)))
    }
    const unit = (which: string) => `ms ${which}, ${kind}, ${name}, of ${ROWS} rows`
    const p95 = beside('log-page-1m', quantile(ours, 0.95), unit('p95'), quantile(bare, 0.95))
    figures.push({ ...p95, n: ASKED, goal: `value <= ${P95_MS}`, holds: p95.value <= P95_MS })
    figures.push({ ...beside('log-page-1m', median(ours), unit('p50'), median(bare)), n: ASKED })
  }
  const nothing: number[] = []
  for (let turn = 0; turn < 10; turn += 1) {
    nothing.push(await timed(() => readLog(db, 'web', admin, { ...asking, search: 'nobody of that name' })))
  }
  const unit = `ms p95, ${kind}, a search that finds nothing, one answer of many, of ${ROWS} rows`
  return [...figures, { ...beside('log-page-1m', quantile(nothing, 0.95), unit), n: nothing.length }]
}

async function exported({ name: kind, db, raw }: FilledStore, signal: AbortSignal): Promise<Figure> {
  let rows = 0
  const ours = await timed(async () => {
    let cursor: string | undefined
    do {
      const page = await readLog(db, 'web', admin, { ...asking, limit: 1_000, cursor })
      rows += JSON.parse(JSON.stringify(page.rows)).length
      cursor = page.next ?? undefined
    } while (cursor !== undefined && !signal.aborted)
  })
  const bare = await timed(() => inSteps(raw, () => undefined))
  return beside(
    'log-export',
    perSecond(rows, ours),
    `rows/s, ${kind}, pages of 1 000 as JSON`,
    perSecond(ROWS, bare),
    'plain SQL',
  )
}

async function verified({ name: kind, db, raw }: FilledStore): Promise<Figure> {
  const ours = await timed(async () => {
    const verdict = await reading(db).execute(async (trx) => verifyLog(logBatches(trx), await readLogHead(trx)))
    if (verdict.kind !== 'sound' || verdict.rows !== ROWS) throw new Error(`the log is ${verdict.kind}`)
  })
  const bare = await timed(() => inSteps(raw, (payload) => hash('sha256', payload)))
  return beside(
    'log-verify',
    perSecond(ROWS, ours),
    `rows/s, ${kind}`,
    perSecond(ROWS, bare),
    'plain SQL and one SHA-256 a row',
  )
}

/** All rows by plain SQL, a thousand at a time. */
async function inSteps(raw: FilledStore['raw'], look: (payload: string) => unknown): Promise<void> {
  for (let seq = 0; seq < ROWS; seq += 1_000) {
    for (const { payload } of await raw('select payload from activity where seq > ? order by seq limit 1000', [seq]))
      look(payload)
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

const perSecond = (rows: number, ms: number) => (rows / ms) * 1_000

function beside(name: string, value: number, unit: string, peer?: number, called = 'plain SQL'): Figure {
  const against = peer === undefined ? null : `${called}: ${round(peer)}`
  const ratio = peer === undefined ? null : round(value / peer)
  return { name, value: round(value), unit, n: 1, against, ratio, goal: null, holds: null }
}
