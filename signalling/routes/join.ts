import { Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { type JoinReply, JoinRequest } from '../../protocol/http.ts'
import { type Time, Token } from '../../protocol/ids.ts'
import { RatingRequest } from '../../protocol/rating.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { alarmAdmins } from '../people/alarm.ts'
import type { Services } from '../services.ts'
import { readFileRules } from '../store/file-rules.ts'
import { addJoin, findJoin, type Join } from '../store/joins.ts'
import { readRatingSetting } from '../store/rating-setting.ts'
import { findRatable } from '../store/ratings.ts'
import { findByLookup } from '../store/tickets.ts'
import { blockNotAsked } from '../tickets/not-asked.ts'
import { rateSession } from '../tickets/rating.ts'
import { reserveSeat } from '../tickets/seating.ts'
import { isOpen } from '../tickets/ticket.ts'
import { drawToken, hashToken } from '../tokens.ts'
import { readBody } from './body.ts'
import { addressOf, bearerToken, type Env } from './request.ts'

export function joinRoutes(services: Services): Hono<Env> {
  const { store, throttles, setup } = services
  return (
    new Hono<Env>()
      // Lets in: anyone who has the lookup of an open ticket whose seat is free, or a token that has the seat.
      .post('/join', async (c) => {
        await throttles.joinsPerAddress.take(addressOf(services, c))
        const { lookup, resume } = await readBody(c, JoinRequest)
        await throttles.joinsPerLookup.take(lookup)
        const now = Date.now()
        const stored = await findByLookup(store, lookup)
        const { organisation } = setup.instance
        if (!stored || organisation === null) throw new RefusedError({ code: 'unknown-code', about: 'lookup' })
        if (!isOpen(stored, now)) throw new RefusedError({ code: 'dead-code', about: 'lookup' })
        const { token, expiresAt } =
          (await resumed(services, stored, resume, now)) ?? (await joined(services, stored, now))
        const files = await readFileRules(store.db)
        const { asks: asksRating } = await readRatingSetting(store.db)
        return c.json({ token, ticket: stored.id, organisation, files, asksRating, expiresAt } satisfies JoinReply)
      })
      // Lets in: the customer of a join token, for its own seat; after a session also when the seat is given up.
      .post('/join/not-asked', async (c) => {
        const token = v.safeParse(Token, bearerToken(c))
        const now = Date.now()
        const join = token.success ? await joinOrPast(services, token.output, now) : undefined
        if (!join) throw new RefusedError({ code: 'unauthenticated' })
        // Whoever knows a lookup has a seat, and could block one ticket after the other; a session had somebody behind the whole code.
        if (!join.met) await throttles.notAskedPerAddress.take(addressOf(services, c))
        const blocked = await blockNotAsked(services, join, now)
        if (blocked) alarmAdmins(services, blocked, now)
        return c.body(null, 204)
      })
      // Lets in: the customer of a join token that had a session, also when the seat is given up.
      .post('/join/rating', async (c) => {
        const token = v.safeParse(Token, bearerToken(c))
        if (!token.success) throw new RefusedError({ code: 'unauthenticated' })
        await throttles.ratingsPerAddress.take(addressOf(services, c))
        const rating = await readBody(c, RatingRequest)
        await rateSession(services, hashToken(token.output), rating, Date.now())
        return c.body(null, 204)
      })
  )
}

/**
 * Who understands only afterwards what happened has no seat any more: the token is known for as long as its session may be rated.
 * `met`: it had one.
 */
async function joinOrPast(
  { store }: Services,
  token: Token,
  now: Time,
): Promise<(Pick<Join, 'id' | 'ticket'> & { met: boolean }) | undefined> {
  const [join, past] = await Promise.all([findJoin(store, token, now), findRatable(store.db, hashToken(token), now)])
  const { id, ticket } = join ?? { id: hashToken(token), ticket: past?.ticket }
  return ticket && { id, ticket, met: past !== undefined }
}

type Granted = { token: Token; expiresAt: Time }

/** The same token again, if it is one of this ticket and its seat is not another customer's by now. */
async function resumed(
  { store, live }: Services,
  ticket: TicketHeader,
  token: Token | undefined,
  now: Time,
): Promise<Granted | undefined> {
  const join = token === undefined ? undefined : await findJoin(store, token, now)
  if (token === undefined || join?.ticket !== ticket.id) return undefined
  const refusal = reserveSeat(live, ticket, join.id, now)
  if (refusal) throw new RefusedError(refusal)
  return { token, expiresAt: join.expiresAt }
}

/** A new token. The seat is taken before the database is asked: of two who join at once, one has it. */
async function joined({ store, live, config }: Services, ticket: TicketHeader, now: Time): Promise<Granted> {
  const token = drawToken()
  const refusal = reserveSeat(live, ticket, hashToken(token), now)
  if (refusal) throw new RefusedError(refusal)
  const expiresAt = Math.min(now + config.limits.joinTokenMs, ticket.expiresAt)
  await addJoin(store, { token, ticket: ticket.id, now, expiresAt })
  return { token, expiresAt }
}
