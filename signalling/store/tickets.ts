import type { Selectable } from 'kysely'
import type { Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Schema } from './schema.ts'
import type { Store } from './sqlite.ts'

type Db = Pick<Store, 'db'>
type Row = Selectable<Schema['tickets']>

/** A ticket with the technician who has it, or had it when it ended: who may see it hangs on that. */
export type StoredTicket = { header: TicketHeader; assignee: TechnicianId | null }

export async function findTicket({ db }: Db, id: TicketId): Promise<StoredTicket | undefined> {
  const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toTicket(row)
}

/** The open ticket of this lookup, or else the newest that had it. */
export async function findByLookup({ db }: Db, lookup: Lookup): Promise<StoredTicket | undefined> {
  const row = await db
    .selectFrom('tickets')
    .selectAll()
    .where('lookup', '=', lookup)
    .orderBy('state', 'desc')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toTicket(row)
}

/** The open tickets of one assignee, or of everybody, newest first. */
export async function listOpen({ db }: Db, assignee?: TechnicianId): Promise<StoredTicket[]> {
  const open = db.selectFrom('tickets').selectAll().where('state', '=', 'open')
  const theirs = assignee === undefined ? open : open.where('assignee', '=', assignee)
  const rows = await theirs.orderBy('created_at', 'desc').orderBy('id').execute()
  return rows.map(toTicket)
}

/** Those of `lookups` that an open ticket has, and those whose ticket died after `since`. */
export async function findTaken(
  { db }: Db,
  lookups: Lookup[],
  since: Time,
): Promise<{ open: Set<Lookup>; resting: Set<Lookup> }> {
  const rows = await db
    .selectFrom('tickets')
    .select(['lookup', 'state'])
    .where('lookup', 'in', lookups)
    .where((is) => is.or([is('state', '=', 'open'), is('ended_at', '>', since)]))
    .execute()
  const of = (state: Row['state']) => new Set(rows.filter((row) => row.state === state).map((row) => row.lookup))
  return { open: of('open'), resting: of('expired') }
}

/**
 * Adds an open ticket under its creator's idempotency key, both or neither.
 * @returns the ticket that the key made before, if it did; undefined where another open ticket has the lookup.
 */
export async function addTicket(
  { db }: Db,
  ticket: { header: TicketHeader; createdBy: TechnicianId; key: string },
): Promise<StoredTicket | undefined> {
  const { header, createdBy, key } = ticket
  const added = await db.transaction().execute(async (trx) => {
    const made = await trx
      .selectFrom('idempotency')
      .innerJoin('tickets', 'tickets.id', 'idempotency.ticket')
      .selectAll('tickets')
      .where('idempotency.technician', '=', createdBy)
      .where('idempotency.key', '=', key)
      .executeTakeFirst()
    if (made) return made
    const row = await trx
      .insertInto('tickets')
      .values(toRow(header, createdBy))
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) return undefined
    await trx
      .insertInto('idempotency')
      .values({ technician: createdBy, key, ticket: header.id, created_at: header.createdAt })
      .execute()
    return row
  })
  return added && toTicket(added)
}

/**
 * Writes `next`, whose version is one above the stored one's.
 * @returns false when somebody else changed the ticket first; nothing is written then.
 */
export async function replaceTicket({ db }: Db, next: TicketHeader): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tickets')
    .set({ ...stateColumns(next.state), version: next.version })
    .where('id', '=', next.id)
    .where('version', '=', next.version - 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Open tickets whose time is over. */
export async function listOverdue({ db }: Db, now: Time): Promise<StoredTicket[]> {
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .limit(1_000)
    .execute()
  return rows.map(toTicket)
}

export async function forgetOldKeys({ db }: Db, before: Time): Promise<void> {
  await db.deleteFrom('idempotency').where('created_at', '<=', before).execute()
}

function toRow(header: TicketHeader, createdBy: TechnicianId): Row {
  const { id, lookup, createdAt, expiresAt, version, state } = header
  const assignee = state.kind === 'open' ? state.assignee : null
  return {
    id,
    lookup,
    version,
    assignee,
    created_by: createdBy,
    created_at: createdAt,
    expires_at: expiresAt,
    ...stateColumns(state),
  }
}

function stateColumns(state: TicketHeader['state']): Pick<Row, 'state' | 'ended_at' | 'ended_why'> {
  return state.kind === 'open'
    ? { state: 'open', ended_at: null, ended_why: null }
    : { state: 'expired', ended_at: state.at, ended_why: state.why }
}

function toTicket(row: Row): StoredTicket {
  const { id, lookup, version, assignee } = row
  const state: TicketHeader['state'] =
    row.ended_at === null
      ? { kind: 'open', assignee }
      : { kind: 'expired', at: row.ended_at, why: row.ended_why ?? 'time' }
  return { assignee, header: { id, lookup, state, createdAt: row.created_at, expiresAt: row.expires_at, version } }
}
