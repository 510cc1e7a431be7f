import * as v from 'valibot'
import { GroupId, TechnicianId, Time } from './ids.ts'
import { MAX_RATING_BOX, MAX_RATING_WORDS } from './limits.ts'
import { LogSessionId } from './log.ts'
import { Score } from './score.ts'

/**
 * What a customer thinks of a session that is over: a score that the server counts, and words that only the group reads. Each session
 * has at most one; another answer to the same question takes its place.
 */

/** What `box` holds, as JSON, sealed to the group's public key as `peer/seal-to-group.ts` does. `ticket`: it is of no use under another one. */
export const RatingWords = v.strictObject({
  type: v.literal('rating'),
  ticket: v.string(),
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_RATING_WORDS)),
})
export type RatingWords = v.InferOutput<typeof RatingWords>

const Box = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(64), v.maxLength(MAX_RATING_BOX))

/**
 * `POST /api/join/rating`, with the join token of a session that began at most two days ago; it need not have the seat any more. 204, also
 * again. `unauthenticated` where this token had no session, `dead-code` where the help was not asked for.
 */
export const RatingRequest = v.strictObject({ score: Score, box: v.nullable(Box) })
export type RatingRequest = v.InferOutput<typeof RatingRequest>

/** `technician` and `group`: of the session. `box`: null where there are no words, or the reader may not open the case. */
export const Rating = v.strictObject({
  session: LogSessionId,
  technician: TechnicianId,
  group: GroupId,
  at: Time,
  score: Score,
  box: v.nullable(Box),
})
export type Rating = v.InferOutput<typeof Rating>

/** `GET /api/tickets/:id/ratings`. Who may see the ticket; the words: who may open its case. The oldest first. */
export const RatingsReply = v.strictObject({ ratings: v.array(Rating) })
export type RatingsReply = v.InferOutput<typeof RatingsReply>

/** `GET` and `POST /api/rating-setting`, an admin: whether customers are asked after a session. Those who are here already keep what they were told. */
export const RatingSetting = v.strictObject({ asks: v.boolean() })
export type RatingSetting = v.InferOutput<typeof RatingSetting>
