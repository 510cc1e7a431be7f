import type { Kysely } from 'kysely'
import * as v from 'valibot'
import type { GroupId, TechnicianId, Time } from '../../protocol/ids.ts'
import { type LogList, LogPayload, type LogSessionId } from '../../protocol/log.ts'
import type { LogActor, LogEvent, LogGroup } from '../../protocol/log-event.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { type Head, linkTo } from '../log/chain.ts'
import { columnsOf, sortedFirst, sortedSince } from '../log/columns.ts'
import { whereFrom } from '../log/origin.ts'
import type { Schema } from './schema.ts'

/** What is to be written down. People and groups are named by what they are called at that moment. */
export type LogEntry = {
  at: Time
  /** `web` where nothing is said. */
  list?: LogList
  by: TechnicianId | Exclude<LogActor, { kind: 'technician' }>
  whom?: TechnicianId | null
  /** With its name where it is gone by now. */
  group?: GroupId | LogGroup | null
  ticket?: Pick<TicketHeader, 'id' | 'lookup'>
  session?: LogSessionId
  told?: boolean
  /** Of a technician or stranger; where nothing is said, the request's. */
  from?: string
  event: EntryEvent
}

/** Where a ticket was moved is named like the rest. */
type EntryEvent =
  | Exclude<LogEvent, { what: 'ticket' }>
  | (Omit<Extract<LogEvent, { what: 'ticket' }>, 'to'> & { to: GroupId | null })

/**
 * Appends to the log, in the caller's transaction where there is one, so that what happened and the word of it are there together or not
 * at all. What was told once adds nothing again.
 */
export async function writeLog(db: Kysely<Schema>, ...entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return
  if (!db.isTransaction) return await db.transaction().execute((trx) => writeLog(trx, ...entries))
  // Taken by all who append, so that one comes after the other in any database.
  const stood = await db
    .updateTable('activity_head')
    .set({ one: 1 })
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow()
  let head: Head = { seq: Number(stood.seq), hash: stood.hash }
  const name = namer(db)
  for (const entry of entries) head = await append(db, head, await describe(entry, name))
  await db.updateTable('activity_head').set(head).execute()
}

async function append(trx: Kysely<Schema>, head: Head, described: LogPayload): Promise<Head> {
  const payload = JSON.stringify(described)
  const { seq, previous, payloadHash, hash } = linkTo(head, payload)
  const columns = columnsOf(described)
  if (columns.once !== null && (await wasTold(trx, columns.once))) return head
  if (IS_ONCE.has(columns.what) && columns.session && (await isWritten(trx, columns))) return head
  await trx
    .insertInto('activity')
    .values({ seq, previous, hash, payload_hash: payloadHash, payload, ...columns, ...sortedFirst(described) })
    .execute()
  const since = sortedSince(described.event)
  if (since && described.session) {
    await trx
      .updateTable('activity')
      .set(since)
      .where('session', '=', described.session)
      .where('list', '=', 'remote')
      .execute()
  }
  return { seq, hash }
}

/** A session begins and ends once, also where the word that it was written down got lost on the way back from the database. */
const IS_ONCE: ReadonlySet<LogEvent['what']> = new Set(['session-began', 'session-ended'])

async function isWritten(trx: Kysely<Schema>, { session, what }: ReturnType<typeof columnsOf>): Promise<boolean> {
  const written = trx.selectFrom('activity').select('seq').where('session', '=', session).where('what', '=', what)
  return (await written.executeTakeFirst()) !== undefined
}

async function wasTold(trx: Kysely<Schema>, once: string): Promise<boolean> {
  return (await trx.selectFrom('activity').select('seq').where('once', '=', once).executeTakeFirst()) !== undefined
}

async function describe(entry: LogEntry, name: Namer): Promise<LogPayload> {
  const { at, list = 'web', by, whom, group, ticket, session, told = false, event } = entry
  const actor: LogActor = typeof by === 'string' ? { kind: 'technician', ...(await name.person(by)) } : by
  const from = actor.kind === 'technician' || actor.kind === 'stranger' ? (entry.from ?? whereFrom()) : null
  // Through the schema, which puts the keys into their order.
  return v.parse(LogPayload, {
    at,
    list,
    by: actor,
    from,
    whom: whom ? await name.person(whom) : null,
    group: group ? await name.group(group) : null,
    ticket: ticket ? { id: ticket.id, lookup: ticket.lookup } : null,
    session: session ?? null,
    told,
    event: event.what === 'ticket' ? { ...event, to: event.to && (await name.group(event.to)) } : event,
  })
}

type Namer = ReturnType<typeof namer>

/** How people and groups are called, each looked up once. */
function namer(trx: Kysely<Schema>) {
  const people = new Map<TechnicianId, string>()
  const groups = new Map<GroupId, string>()
  return {
    async person(id: TechnicianId) {
      const known = people.get(id) ?? (await nameIn(trx.selectFrom('user').select('name').where('id', '=', id)))
      people.set(id, known)
      return { id, name: known }
    },
    async group(group: GroupId | LogGroup): Promise<LogGroup> {
      if (typeof group !== 'string') return group
      const known = groups.get(group) ?? (await nameIn(trx.selectFrom('groups').select('name').where('id', '=', group)))
      groups.set(group, known)
      return { id: group, name: known }
    },
  }
}

/** Empty for what is not there (any more). */
async function nameIn(query: { executeTakeFirst(): Promise<{ name: string } | undefined> }): Promise<string> {
  return (await query.executeTakeFirst())?.name ?? ''
}

/** Where the chain stands. */
export async function readLogHead(db: Kysely<Schema>): Promise<Head> {
  const { seq, hash } = await db.selectFrom('activity_head').select(['seq', 'hash']).executeTakeFirstOrThrow()
  return { seq: Number(seq), hash }
}
