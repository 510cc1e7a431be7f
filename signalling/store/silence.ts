import { type SqlBool, sql } from 'kysely'
import type { TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { TokenHash } from '../tokens.ts'
import type { Store } from './store.ts'
import { toTickets } from './ticket-rows.ts'

type Db = Pick<Store, 'db'>

/** Since when the customer of a join has nobody; null: is cared for, or gone. */
export type Unanswered = { join: TokenHash; since: Time | null }

/** Writes it down, so that it outlives this process. A time that is written already is the older one, and stays. */
export async function keepUnanswered({ db }: Db, changes: readonly Unanswered[]): Promise<void> {
  if (changes.length === 0) return
  await db.transaction().execute(async (trx) => {
    for (const { join, since } of changes) {
      const update = trx.updateTable('joins').set({ unanswered_since: since }).where('token_hash', '=', join)
      await (since === null ? update : update.where('unanswered_since', 'is', null)).execute()
    }
  })
}

/** Those who did not come back after the server was begun anew have left. */
export async function forgetUnanswered({ db }: Db, here: ReadonlySet<TokenHash>): Promise<void> {
  const rows = await db.selectFrom('joins').select('token_hash').where('unanswered_since', 'is not', null).execute()
  const gone = rows.filter(({ token_hash }) => !here.has(token_hash))
  await keepUnanswered(
    { db },
    gone.map(({ token_hash }) => ({ join: token_hash, since: null })),
  )
}

/** A ticket whose assignee may have been silent for too long. */
export type Suspect = {
  ticket: TicketHeader
  assignee: TechnicianId
  join: TokenHash
  unansweredSince: Time
  assignedAt: Time
  minutes: number
}

/** The open tickets of which both times, of the wait and of the assignment, are as long ago as their group allows. */
export async function listSuspects({ db }: Db, now: Time): Promise<Suspect[]> {
  const rows = await db
    .selectFrom('joins')
    .innerJoin('tickets', 'tickets.id', 'joins.ticket')
    .innerJoin('groups', 'groups.id', 'tickets.group_id')
    .selectAll('tickets')
    .select(['joins.token_hash as join', 'joins.unanswered_since as since', 'groups.silent_minutes as minutes'])
    .where('joins.unanswered_since', 'is not', null)
    .where('tickets.state', '=', 'open')
    .where('tickets.assignee', 'is not', null)
    .where('groups.silent_minutes', 'is not', null)
    .where(sql<SqlBool>`joins.unanswered_since + groups.silent_minutes * 60000 <= ${now}`)
    .where(sql<SqlBool>`tickets.assigned_at + groups.silent_minutes * 60000 <= ${now}`)
    .execute()
  const tickets = await toTickets(db, rows)
  return rows.flatMap(({ assignee, assigned_at, join, since, minutes }, index) => {
    const ticket = tickets[index]
    if (!ticket || assignee === null || assigned_at === null || since === null || minutes === null) return []
    return [{ ticket, assignee, join, unansweredSince: since, assignedAt: assigned_at, minutes }]
  })
}

/** Those from whom the ticket came back since `since`: they were silent, or it was taken from them or given back. */
export async function listPassedOver({ db }: Db, ticket: TicketId, since: Time): Promise<Set<TechnicianId>> {
  const rows = await db
    .selectFrom('ticket_events')
    .select('whom')
    .where('ticket', '=', ticket)
    .where('at', '>', since)
    .where('what', 'in', ['returned-after-silence', 'unassigned'])
    .execute()
  return new Set(rows.flatMap(({ whom }) => whom ?? []))
}
