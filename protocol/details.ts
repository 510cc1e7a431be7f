import * as v from 'valibot'
import { Secret, TechnicianId, Time } from './ids.ts'
import { EarlierKey } from './rooms.ts'

export const Priority = v.picklist(['low', 'normal', 'high', 'urgent'])
export type Priority = v.InferOutput<typeof Priority>

export const Tag = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40))
export type Tag = v.InferOutput<typeof Tag>

/** What the one who hands a ticket over wants the next one to know. */
export const HandOver = v.strictObject({
  by: TechnicianId,
  to: v.nullable(TechnicianId),
  note: v.pipe(v.string(), v.maxLength(2000)),
  at: Time,
})
export type HandOver = v.InferOutput<typeof HandOver>

/** So many notes of earlier hand-overs are kept; the oldest make way. */
export const MAX_EARLIER_HAND_OVERS = 20

/**
 * What a technician knows of a ticket and the server must not: the customer, the request and the code's secret half.
 * Kept in the room `queue:GROUP`, one plain JSON value a ticket; of a
 * ticket that is resolved or on its way to another group, sealed on the server's row.
 */
export const Details = v.strictObject({
  secret: Secret,
  name: v.pipe(v.string(), v.maxLength(120)),
  contact: v.pipe(v.string(), v.maxLength(200)),
  request: v.pipe(v.string(), v.maxLength(2000)),
  createdAt: Time,
  priority: v.optional(Priority, 'normal'),
  tags: v.optional(v.pipe(v.array(Tag), v.maxLength(20)), () => []),
  handOver: v.optional(HandOver),
  /** Those before it, the oldest first. */
  earlierHandOvers: v.optional(v.pipe(v.array(HandOver), v.maxLength(MAX_EARLIER_HAND_OVERS))),
  /** Of the groups that it was in before, to read what was written there. */
  earlierKeys: v.optional(v.pipe(v.array(EarlierKey), v.maxLength(2000)), () => []),
})
export type Details = v.InferOutput<typeof Details>
