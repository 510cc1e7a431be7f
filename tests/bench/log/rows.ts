import * as v from 'valibot'
import { GroupId, TechnicianId } from '../../../protocol/ids.ts'
import { LogPayload } from '../../../protocol/log.ts'
import { BEGINNING, type Head, linkTo } from '../../../signalling/log/chain.ts'
import { columnsOf, sortedFirst } from '../../../signalling/log/columns.ts'
import type { Schema } from '../../../signalling/store/schema.ts'

export type Row = Schema['activity']

const PEOPLE = 50
const GROUPS = 8

export const COLUMNS = [
  'seq',
  'previous',
  'hash',
  'payload_hash',
  'payload',
  'at',
  'list',
  'what',
  'by_whom',
  'whom',
  'group_id',
  'ticket',
  'session',
  'once',
  'words',
  'sort_who',
  'sort_group',
  'sort_kind',
  'sort_duration',
  'sort_end',
  'sort_rating',
] as const satisfies (keyof Row)[]

/** When the first row was written; one a second follows. */
const BEGAN = 1_700_000_000_000
export const timeOf = (at: number) => BEGAN + at * 1_000

const id = (kind: string, at: number) => `${kind}${String(at).padStart(22 - kind.length, '0')}`

export const person = (at: number) => ({
  id: v.parse(TechnicianId, id('t', at % PEOPLE)),
  name: `Technician ${at % PEOPLE}`,
})

export const group = (at: number) => ({ id: v.parse(GroupId, id('g', at % GROUPS)), name: `Group ${at % GROUPS}` })

/** A log of so many rows: half of them what happened to tickets of eight groups, half sign-ins, of fifty people. */
export function* rowsOf(count: number, atOnce: number): Generator<{ rows: Row[]; head: Head }> {
  let head = BEGINNING
  for (let from = 0; from < count; from += atOnce) {
    const rows: Row[] = []
    for (let at = from; at < Math.min(count, from + atOnce); at += 1) {
      const said = sayingOf(at)
      const payload = JSON.stringify(said)
      const { seq, previous, payloadHash, hash } = linkTo(head, payload)
      rows.push({ seq, previous, hash, payload_hash: payloadHash, payload, ...columnsOf(said), ...sortedFirst(said) })
      head = { seq, hash }
    }
    yield { rows, head }
  }
}

function sayingOf(at: number): LogPayload {
  const ofTicket = at % 2 === 0
  return v.parse(LogPayload, {
    at: timeOf(at),
    list: 'web',
    by: { kind: 'technician', ...person(at * 7) },
    from: '203.0.113.7',
    whom: at % 3 === 0 ? person(at) : null,
    group: ofTicket ? group(at) : null,
    ticket: ofTicket ? { id: id('k', at), lookup: String(at % 100_000).padStart(5, '0') } : null,
    session: null,
    told: false,
    event: ofTicket ? { what: 'ticket', change: 'assigned', to: null } : { what: 'signed-in', way: 'password' },
  })
}
