import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { GroupId, TechnicianId } from '../../../protocol/ids.ts'
import { LogPayload, type LogQuery } from '../../../protocol/log.ts'
import { BEGINNING, linkTo } from '../../../signalling/log/chain.ts'
import { columnsOf } from '../../../signalling/log/columns.ts'
import { verifyLog } from '../../../signalling/log/verify.ts'
import { readLog } from '../../../signalling/store/log-pages.ts'
import type { Schema } from '../../../signalling/store/schema.ts'
import { openSqlite, type Store } from '../../../signalling/store/sqlite.ts'
import { type Family, type Figure, progress, quantile, round } from '../harness.ts'

const ASKED = 200
const PEOPLE = 50
const GROUPS = 8

/** `LOG_ROWS` for a quick look; the figures are of a million. */
const ROWS = Number(process.env.LOG_ROWS ?? 1_000_000)

/** Pages of a long log as an admin asks for them, all of it as an export does, and its verification. */
export const activityLog: Family = {
  names: ['log-page-1m', 'log-export', 'log-verify'],
  async measure(signal) {
    const folder = await mkdtemp(join(tmpdir(), 'deskside-bench-log-'))
    try {
      // The accounts' tables, which the filter by group reads, are the server's own at other times.
      const store = await openSqlite(folder)
      progress(`log: writing ${ROWS} rows`)
      fill(join(folder, 'deskside.sqlite'))
      const figures = [
        ...(await pages(store, signal)),
        await exported(store, signal),
        verified(join(folder, 'deskside.sqlite')),
      ]
      await store.close()
      return figures
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const id = (kind: string, at: number) => `${kind}${String(at).padStart(22 - kind.length, '0')}`
const person = (at: number) => ({ id: v.parse(TechnicianId, id('t', at % PEOPLE)), name: `Technician ${at % PEOPLE}` })
const group = (at: number) => ({ id: v.parse(GroupId, id('g', at % GROUPS)), name: `Group ${at % GROUPS}` })

/** Straight into the database, in one transaction. */
function fill(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5_000 })
  const row = database.prepare(
    `insert into activity (seq, previous, hash, payload_hash, payload, at, list, what, by_whom, whom, group_id, ticket, session, once, words)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let head = BEGINNING
  database.exec('begin')
  for (let at = 0; at < ROWS; at += 1) {
    const said = v.parse(LogPayload, {
      at: 1_700_000_000_000 + at * 1_000,
      list: 'web',
      by: { kind: 'technician', ...person(at * 7) },
      from: '203.0.113.7',
      whom: at % 3 === 0 ? person(at) : null,
      group: at % 2 === 0 ? group(at) : null,
      ticket: at % 2 === 0 ? { id: id('k', at), lookup: String(at % 100_000).padStart(5, '0') } : null,
      session: null,
      told: false,
      event: at % 2 === 0 ? { what: 'ticket', change: 'assigned', to: null } : { what: 'signed-in', way: 'password' },
    })
    const payload = JSON.stringify(said)
    const { seq, previous, hash, payloadHash } = linkTo(head, payload)
    const { at: when, list, what, by_whom, whom, group_id, ticket, session, once, words } = columnsOf(said)
    row.run(
      seq,
      previous,
      hash,
      payloadHash,
      payload,
      when,
      list,
      what,
      by_whom,
      whom,
      group_id,
      ticket,
      session,
      once,
      words,
    )
    head = { seq, hash }
  }
  database.prepare('update activity_head set seq = ?, hash = ?').run(head.seq, head.hash)
  database.exec('commit')
  database.close()
}

const admin = { ...person(0), admin: true, groups: [] }
const asking: LogQuery = { order: 'newest', limit: 50 }

async function pages({ db }: Store, signal: AbortSignal): Promise<Figure[]> {
  const one = async (name: string, query: LogQuery, times: number) => {
    const took: number[] = []
    for (let turn = 0; turn < times && !signal.aborted; turn += 1) {
      const from = performance.now()
      await readLog(db, 'web', admin, query)
      took.push(performance.now() - from)
    }
    return figure('log-page-1m', quantile(took, 0.95), `ms p95, ${name}, of ${ROWS} rows`, times)
  }
  return [
    await one('the first page', asking, ASKED),
    await one('by technician', { ...asking, technician: person(3).id }, ASKED),
    await one('a search that finds nothing, one answer', { ...asking, search: 'nobody of that name' }, 5),
  ]
}

async function exported({ db }: Store, signal: AbortSignal): Promise<Figure> {
  const from = performance.now()
  let rows = 0
  let cursor: string | undefined
  do {
    const page = await readLog(db, 'web', admin, { ...asking, limit: 1_000, cursor })
    rows += JSON.parse(JSON.stringify(page.rows)).length
    cursor = page.next ?? undefined
  } while (cursor !== undefined && !signal.aborted)
  return figure('log-export', (rows / (performance.now() - from)) * 1_000, 'rows/s, as JSON, one process', 1)
}

function verified(file: string): Figure {
  const database = new DatabaseSync(file, { readOnly: true })
  const from = performance.now()
  const recorded = v.parse(
    v.object({ seq: v.number(), hash: v.string() }),
    database.prepare('select * from activity_head').get(),
  )
  const rows = database.prepare('select * from activity order by seq').iterate()
  const verdict = verifyLog(rows as Iterable<Schema['activity']>, recorded)
  const seconds = (performance.now() - from) / 1_000
  database.close()
  if (verdict.kind !== 'sound') throw new Error(`the log is ${verdict.kind}`)
  return figure('log-verify', verdict.rows / seconds, 'rows/s', 1)
}

function figure(name: string, value: number, unit: string, n: number): Figure {
  return { name, value: round(value), unit, n, against: null, ratio: null, goal: null, holds: null }
}
