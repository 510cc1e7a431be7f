import type { Kysely } from 'kysely'
import { RefusedError } from '../../protocol/errors.ts'
import type { HeldMessage } from '../../protocol/held.ts'
import type { MessageId, TicketId, Time } from '../../protocol/ids.ts'
import { MAX_HELD_MESSAGES } from '../../protocol/limits.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

type Db = Pick<Store, 'db'>

/** Keeps a message, in the place of the one with its id. @returns how many there are. @throws RefusedError `quota` */
export async function keepHeld({ db }: Db, ticket: TicketId, { id, box }: HeldMessage, now: Time): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('held_messages')
      .values({ ticket, id, box, created_at: now })
      .onConflict((conflict) => conflict.columns(['ticket', 'id']).doUpdateSet({ box }))
      .execute()
    const count = await countOf(trx, ticket)
    if (count > MAX_HELD_MESSAGES) throw new RefusedError({ code: 'quota', about: 'hold' })
    return count
  })
}

/** The oldest first. */
export async function listHeld({ db }: Db, ticket: TicketId): Promise<HeldMessage[]> {
  return await db
    .selectFrom('held_messages')
    .select(['id', 'box'])
    .where('ticket', '=', ticket)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Deletes those that were taken. @returns how many are left. */
export async function deleteHeld({ db }: Db, ticket: TicketId, ids: readonly MessageId[]): Promise<number> {
  if (ids.length > 0) await db.deleteFrom('held_messages').where('ticket', '=', ticket).where('id', 'in', ids).execute()
  return await countOf(db, ticket)
}

/** Puts boxes that were sealed anew in the place of those with their ids; one that is gone stays gone. */
export async function resealHeld(
  trx: Kysely<Schema>,
  ticket: TicketId,
  messages: readonly HeldMessage[],
): Promise<void> {
  for (const { id, box } of messages) {
    await trx.updateTable('held_messages').set({ box }).where('ticket', '=', ticket).where('id', '=', id).execute()
  }
}

/** How many each of these tickets has; those without are left out. */
export async function countHeld({ db }: Db, tickets: readonly TicketId[]): Promise<Map<TicketId, number>> {
  if (tickets.length === 0) return new Map()
  const rows = await db
    .selectFrom('held_messages')
    .select(({ fn }) => ['ticket', fn.countAll<number>().as('count')])
    .where('ticket', 'in', tickets)
    .groupBy('ticket')
    .execute()
  return new Map(rows.map(({ ticket, count }) => [ticket, Number(count)]))
}

async function countOf(db: Kysely<Schema>, ticket: TicketId): Promise<number> {
  const { count } = await db
    .selectFrom('held_messages')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ticket', '=', ticket)
    .executeTakeFirstOrThrow()
  return Number(count)
}
