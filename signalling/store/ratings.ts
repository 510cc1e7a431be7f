import type { Kysely } from 'kysely'
import type { TicketId, Time } from '../../protocol/ids.ts'
import type { LogSessionId } from '../../protocol/log.ts'
import type { Rating, RatingRequest } from '../../protocol/rating.ts'
import type { LiveSession } from '../tickets/session.ts'
import type { TokenHash } from '../tokens.ts'
import type { Schema } from './schema.ts'

/** So long after its beginning a session may be rated. */
const RATABLE_MS = 2 * 86_400_000

/** From now on the customer of each of these sessions may say what it was like. */
export async function expectRatings(trx: Kysely<Schema>, sessions: readonly LiveSession[]): Promise<void> {
  if (sessions.length === 0) return
  const tickets = sessions.map(({ ticket }) => ticket.id)
  const found = await trx.selectFrom('tickets').select('id').where('id', 'in', tickets).execute()
  // One that was deleted meanwhile is rated by nobody.
  const known = new Set(found.map(({ id }) => id))
  const ratable = sessions.filter(({ ticket }) => known.has(ticket.id))
  if (ratable.length === 0) return
  await trx
    .insertInto('ratings')
    .values(
      ratable.map(({ id, ticket, group, by, join, began }) => ({
        session: id,
        ticket: ticket.id,
        group_id: group,
        technician: by,
        token_hash: join,
        began_at: began,
        rated_at: null,
        score: null,
        box: null,
      })),
    )
    // Written already, where the word of that was lost on the way back from the database.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The last session of the customer with this token that may still be rated. */
export async function findRatable(db: Kysely<Schema>, token: TokenHash, now: Time) {
  return await db
    .selectFrom('ratings')
    .select(['session', 'ticket', 'group_id', 'technician', 'score'])
    .where('token_hash', '=', token)
    .where('began_at', '>', now - RATABLE_MS)
    .orderBy('began_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** In the place of an earlier answer. */
export async function keepRating(
  trx: Kysely<Schema>,
  session: LogSessionId,
  { score, box }: RatingRequest,
  now: Time,
): Promise<void> {
  await trx.updateTable('ratings').set({ score, box, rated_at: now }).where('session', '=', session).execute()
}

/** The oldest first. */
export async function listRatings(db: Kysely<Schema>, ticket: TicketId): Promise<Rating[]> {
  const rows = await db
    .selectFrom('ratings')
    .select(['session', 'technician', 'group_id', 'rated_at', 'score', 'box'])
    .where('ticket', '=', ticket)
    .where('rated_at', 'is not', null)
    .orderBy('rated_at')
    .orderBy('session')
    .execute()
  return rows.flatMap(({ session, technician, group_id: group, rated_at: at, score, box }) =>
    at === null || score === null ? [] : [{ session, technician, group, at, score, box }],
  )
}

/** Nobody answered, and nobody may any more. */
export async function forgetUnrated(db: Kysely<Schema>, now: Time): Promise<void> {
  await db
    .deleteFrom('ratings')
    .where('rated_at', 'is', null)
    .where('began_at', '<=', now - RATABLE_MS)
    .execute()
}
