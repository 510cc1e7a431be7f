import { RefusedError } from '../../protocol/errors.ts'
import type { Time } from '../../protocol/ids.ts'
import type { RatingRequest } from '../../protocol/rating.ts'
import type { Services } from '../services.ts'
import { tellTechnician } from '../socket/send.ts'
import { writeLog } from '../store/log.ts'
import { findRatable, keepRating } from '../store/ratings.ts'
import { findTicket } from '../store/tickets.ts'
import type { TokenHash } from '../tokens.ts'
import { audience } from './live.ts'

/**
 * The customer who had a session with this token says what it was like: kept, written into the log without its words, and told to who may
 * see the ticket. @throws RefusedError `unauthenticated` where there was no session, `dead-code` where the help was not asked for.
 */
export async function rateSession(
  { store, live }: Pick<Services, 'store' | 'live'>,
  token: TokenHash,
  rating: RatingRequest,
  now: Time,
): Promise<void> {
  const rated = await findRatable(store.db, token, now)
  const ticket = rated && (await findTicket(store, rated.ticket))
  if (!rated || !ticket) throw new RefusedError({ code: 'unauthenticated' })
  const { state } = ticket
  if (state.kind === 'expired' && state.why === 'not-asked')
    throw new RefusedError({ code: 'dead-code', about: 'rating' })
  const { session, technician, group_id: group } = rated
  const { score } = rating
  await store.db.transaction().execute(async (trx) => {
    const before = (await findRatable(trx, token, now))?.score
    await keepRating(trx, session, rating, now)
    // Words that follow a score are no other answer.
    if (score === before) return
    const event = { what: 'rated', score } as const
    await writeLog(trx, { at: now, list: 'session', by: { kind: 'customer' }, group, ticket, session, event })
  })
  for (const peer of audience(live, ticket))
    tellTechnician(peer, { type: 'rated', ticket: ticket.id, technician, score })
}
