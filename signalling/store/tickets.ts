import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { SealedDetails } from '../../protocol/http.ts'
import type { GroupId, Lookup, TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Changed } from '../tickets/change.ts'
import { maySee } from '../tickets/rights.ts'
import { resealHeld } from './held.ts'
import { findPerson } from './members.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'
import { addTicketEvent } from './ticket-events.ts'
import { assigneeColumns, stateColumns, toRow, toTickets } from './ticket-rows.ts'

type Db = Pick<Store, 'db'>

export async function findTicket({ db }: Db, id: TicketId): Promise<TicketHeader | undefined> {
  return await readTicket(db, id)
}

/** The open ticket of this lookup, or else the newest that had it. */
export async function findByLookup({ db }: Db, lookup: Lookup): Promise<TicketHeader | undefined> {
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('lookup', '=', lookup)
    .orderBy('created_at', 'desc')
    .limit(10)
    .execute()
  const [ticket] = await toTickets(
    db,
    [rows.find(({ state }) => state === 'open') ?? rows[0]].filter((row) => !!row),
  )
  return ticket
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
  const of = (open: boolean) => new Set(rows.filter((row) => (row.state === 'open') === open).map((row) => row.lookup))
  return { open: of(true), resting: of(false) }
}

/** The ticket that the request with this key made or changed, as it is now. */
export async function findChangedBy({ db }: Db, technician: TechnicianId, key: string) {
  return await findByKey(db, technician, key)
}

async function findByKey(trx: Kysely<Schema>, technician: TechnicianId, key: string) {
  const known = await trx
    .selectFrom('idempotency')
    .select('ticket')
    .where('technician', '=', technician)
    .where('key', '=', key)
    .executeTakeFirst()
  return known && (await readTicket(trx, known.ticket))
}

/**
 * Adds an open ticket under its creator's idempotency key, both or neither.
 * @returns the ticket that the key made before, if it did; undefined where another open ticket has the lookup.
 * @throws RefusedError `not-found` where the assignee may not see it (any more).
 */
export async function addTicket(
  { db }: Db,
  { header, createdBy, key }: { header: TicketHeader; createdBy: TechnicianId; key: string },
): Promise<TicketHeader | undefined> {
  return await db.transaction().execute(async (trx) => {
    const made = await findByKey(trx, createdBy, key)
    if (made) return made
    const assignee = header.state.kind === 'open' ? header.state.assignee : null
    if (!(await maySeeStill(trx, assignee, header))) throw new RefusedError({ code: 'not-found', about: 'assignee' })
    const added = await trx
      .insertInto('tickets')
      .values(toRow(header, createdBy))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return undefined
    await keepKey(trx, createdBy, key, header.id, header.createdAt)
    await addTicketEvent(trx, header, header.group, {
      at: header.createdAt,
      by: createdBy,
      what: 'created',
      whom: assignee,
      group: null,
    })
    return header
  })
}

/** How a change went. `known`: the same request was carried out before, and the ticket is as it is now. */
export type Replaced = { kind: 'done' } | { kind: 'known'; header: TicketHeader } | { kind: 'overtaken' }

/**
 * Writes a ticket whose version is one above the stored one's, with its event, its seconds and the idempotency key, all or nothing.
 * `overtaken`: somebody else changed it first, another open ticket has the lookup by now, or whom it is given to may not see it any more;
 * nothing is written then.
 */
export async function replaceTicket(
  { db }: Db,
  { header, event, details, held = [] }: Changed,
  request?: { by: TechnicianId; key: string },
): Promise<Replaced> {
  return await db.transaction().execute(async (trx) => {
    const known = request && (await findByKey(trx, request.by, request.key))
    if (known) return { kind: 'known', header: known }
    if (GIVES.has(event.what) && !(await maySeeStill(trx, event.whom, header))) return { kind: 'overtaken' }
    const was = await trx.selectFrom('tickets').select('group_id').where('id', '=', header.id).executeTakeFirst()
    const sealed = details && { details_kind: details.kind, details: details.sealed }
    const update = trx
      .updateTable('tickets')
      .set({
        ...stateColumns(header.state),
        ...assigneeColumns(header.state, event),
        ...sealed,
        // Only a new beginning takes the first answer away: one that is written meanwhile stays.
        ...(event.what === 'reopened' && { opened_at: header.openedAt, answered_at: header.answeredAt }),
        lookup: header.lookup,
        group_id: header.group,
        expires_at: header.expiresAt,
        version: header.version,
      })
      .where('id', '=', header.id)
      .where('version', '=', header.version - 1)
    const isOpen = header.state.kind === 'open'
    const { numUpdatedRows } = await (isOpen
      ? update.where((is) => is.not(is.exists(lookupElsewhere(trx, header))))
      : update
    ).executeTakeFirst()
    if (numUpdatedRows !== 1n) return { kind: 'overtaken' }
    await keepSeconds(trx, header)
    await resealHeld(trx, header.id, held)
    await addTicketEvent(trx, header, was?.group_id ?? header.group, event)
    if (request) await keepKey(trx, request.by, request.key, header.id, event.at)
    return { kind: 'done' }
  })
}

/** What puts the ticket into somebody's hands. */
const GIVES: ReadonlySet<TicketEvent['what']> = new Set([
  'assigned',
  'assigned-automatically',
  'reopened',
  'second-invited',
])

/** Looked at once more where it is written: a group may have been left since the rules said yes. */
async function maySeeStill(trx: Kysely<Schema>, id: TechnicianId | null, header: TicketHeader): Promise<boolean> {
  if (id === null) return true
  const person = await findPerson(trx, id)
  return person !== undefined && maySee(person, header)
}

/** An open ticket besides this one that has its lookup. */
function lookupElsewhere(trx: Kysely<Schema>, { id, lookup }: TicketHeader) {
  return trx
    .selectFrom('tickets as other')
    .select('other.id')
    .where('other.lookup', '=', lookup)
    .where('other.state', '=', 'open')
    .where('other.id', '!=', id)
}

async function keepSeconds(trx: Kysely<Schema>, { id, seconds }: TicketHeader): Promise<void> {
  await trx.deleteFrom('ticket_seconds').where('ticket', '=', id).execute()
  if (seconds.length === 0) return
  await trx
    .insertInto('ticket_seconds')
    .values(seconds.map((technician) => ({ ticket: id, technician })))
    .execute()
}

async function keepKey(trx: Kysely<Schema>, technician: TechnicianId, key: string, ticket: TicketId, at: Time) {
  await trx.insertInto('idempotency').values({ technician, key, ticket, created_at: at }).execute()
}

/** The details that rest on the row. */
export async function findDetails({ db }: Db, id: TicketId): Promise<SealedDetails | null> {
  const row = await db.selectFrom('tickets').select(['details_kind', 'details']).where('id', '=', id).executeTakeFirst()
  return row?.details && row.details_kind ? { kind: row.details_kind, sealed: row.details } : null
}

/**
 * The details of a ticket that expired rest on its row, with its group's key; where they do already, those stay.
 * @returns the ticket where that is new; undefined where it was so, or it did not expire, or is another group's by now
 */
export async function fileDetails({ db }: Db, { id, group }: TicketHeader, sealed: SealedDetails['sealed']) {
  const row = await db
    .updateTable('tickets')
    .set({ details_kind: 'group', details: sealed, filed: 1 })
    .where('id', '=', id)
    .where('group_id', '=', group)
    .where('state', '=', 'expired')
    .where('filed', '=', 0)
    .returningAll()
    .executeTakeFirst()
  return row && (await toTickets(db, [row]))[0]
}

/** Of several tickets at once, as far as they are in these groups. @param groups undefined: in any */
export async function findManyDetails({ db }: Db, ids: readonly TicketId[], groups: readonly GroupId[] | undefined) {
  if (ids.length === 0 || groups?.length === 0) return []
  const tickets = db.selectFrom('tickets').where('id', 'in', ids)
  const seen = groups ? tickets.where('group_id', 'in', groups) : tickets
  const rows = await seen.select(['id', 'details_kind', 'details']).execute()
  return rows.flatMap(({ id, details_kind: kind, details: sealed }) =>
    kind && sealed ? [{ ticket: id, details: { kind, sealed } }] : [],
  )
}

/** Open tickets whose time is over. */
export async function listOverdue({ db }: Db, now: Time): Promise<TicketHeader[]> {
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .limit(1_000)
    .execute()
  return await toTickets(db, rows)
}

/** The open tickets that one of these technicians has. */
export async function listAssigned({ db }: Db, technicians: readonly TechnicianId[]): Promise<TicketHeader[]> {
  if (technicians.length === 0) return []
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('state', '=', 'open')
    .where('assignee', 'in', technicians)
    .execute()
  return await toTickets(db, rows)
}

/** The open tickets of which one of these technicians is a second. */
export async function listSeconded({ db }: Db, technicians: readonly TechnicianId[]): Promise<TicketHeader[]> {
  if (technicians.length === 0) return []
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('id', 'in', db.selectFrom('ticket_seconds').select('ticket').where('technician', 'in', technicians))
    .execute()
  return await toTickets(db, rows)
}

export async function forgetOldKeys({ db }: Db, before: Time): Promise<void> {
  await db.deleteFrom('idempotency').where('created_at', '<=', before).execute()
}

async function readTicket(db: Kysely<Schema>, id: TicketId): Promise<TicketHeader | undefined> {
  const row = await db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirst()
  return row && (await toTickets(db, [row]))[0]
}
