import type { LogPayload } from '../../protocol/log.ts'
import type { Schema } from '../store/schema.ts'
import { BEGINNING, type Fault, faultOf, type Head } from './chain.ts'
import { columnsOf } from './columns.ts'
import { firstOutside, type Ranges } from './emptied.ts'

type Row = Schema['activity']

export type Verdict =
  /** `emptied`: rows of which only the link is left. */
  | { kind: 'sound'; rows: number; emptied: number; head: Head }
  /** The first row that is not as it was written. */
  | { kind: 'broken'; seq: number; fault: Fault | 'copies' | 'emptied' }
  /** All rows fit, but the newest ones are gone. `last`: the newest there is. */
  | { kind: 'cut-off'; last: number; recorded: number }
  /** All rows fit each other, but not the head that was kept elsewhere: the log was written anew from some row on. */
  | { kind: 'rewritten'; expected: Head }

/**
 * Reads the whole log from its beginning.
 * @param batches its rows in their order, as many at a time as it comes
 * @param recorded where the database says that the chain stands
 * @param expected a head that was kept elsewhere
 */
export async function verifyLog(
  batches: AsyncIterable<readonly Row[]>,
  recorded: Head,
  expected?: Head,
): Promise<Verdict> {
  let head = BEGINNING
  let emptied = 0
  const empty: [number, number][] = []
  /** What the log says of that; undefined: an older server emptied rows without a word of which. */
  let said: Ranges | undefined = []
  let met = expected === undefined || same(expected, BEGINNING)
  for await (const rows of batches) {
    for (const row of rows) {
      const link = { seq: Number(row.seq), previous: row.previous, payloadHash: row.payload_hash, hash: row.hash }
      const payload = row.payload === null ? undefined : parse(row.payload)
      const fault = faultOf(head, link, row.payload) ?? (hasItsCopies(row, payload) ? undefined : 'copies')
      if (fault) return { kind: 'broken', seq: fault === 'missing' ? head.seq + 1 : link.seq, fault }
      if (row.payload === null) {
        emptied += 1
        const run = empty.at(-1)
        if (run && run[1] === link.seq - 1) run[1] = link.seq
        else empty.push([link.seq, link.seq])
      }
      if (payload?.event.what === 'log-emptied') said = payload.event.all
      head = { seq: link.seq, hash: link.hash }
      if (expected && same(expected, head)) met = true
    }
  }
  if (!same(head, recorded)) return { kind: 'cut-off', last: head.seq, recorded: recorded.seq }
  if (expected && !met) return { kind: 'rewritten', expected }
  const byHand = said && firstOutside(empty, said)
  if (byHand !== undefined) return { kind: 'broken', seq: byHand, fault: 'emptied' }
  return { kind: 'sound', rows: head.seq, emptied, head }
}

function same(one: Head, other: Head): boolean {
  return one.seq === other.seq && one.hash === other.hash
}

/** What a row is found by is what it says; an emptied one has nothing of that. */
function hasItsCopies(row: Row, said: LogPayload | undefined): boolean {
  const { seq: _seq, previous: _previous, hash: _hash, payload_hash: _payloadHash, payload, ...copies } = row
  if (payload === null) return Object.values(copies).every((copy) => copy === null)
  const wanted = said && copiesOf(said)
  if (!wanted) return false
  return Object.entries(wanted).every(([name, value]) => {
    const copy = copies[name as keyof typeof copies]
    return (typeof value === 'number' ? Number(copy) : copy) === value
  })
}

/** It fits its hash, so it is what a server wrote; undefined where it is not even that. */
function parse(payload: string): LogPayload | undefined {
  try {
    return JSON.parse(payload) as LogPayload
  } catch {
    return undefined
  }
}

function copiesOf(payload: LogPayload): ReturnType<typeof columnsOf> | undefined {
  try {
    return columnsOf(payload)
  } catch {
    return undefined
  }
}
