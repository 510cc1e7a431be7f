import * as v from 'valibot'
import { Count, Time } from './ids.ts'
import { MAX_STORED_MEDIA, STORED_PIECE } from './limits.ts'
import { MediaId } from './media.ts'
import { Days } from './retention.ts'

/** Images and recordings that rest with the server, where an admin wants that: sealed pieces, which it cannot read. */

/**
 * `GET /api/media-store`, a technician. `usedBytes`: what is there or on its way. `kept`: images and recordings that were made before `from`,
 * so many days ago, are kept nowhere any more, by the server's clock; null: all are kept as long as their ticket.
 */
export const MediaStoreReply = v.strictObject({
  on: v.boolean(),
  quotaBytes: Count,
  usedBytes: Count,
  kept: v.nullable(v.strictObject({ days: v.nonNullable(Days), from: Time })),
})
export type MediaStoreReply = v.InferOutput<typeof MediaStoreReply>

/** `POST /api/media-store`, an admin. Off: nothing more is taken; what is there stays as long as its ticket. */
export const MediaStoreRequest = v.strictObject({
  on: v.boolean(),
  quotaBytes: v.pipe(Count, v.minValue(1_000_000), v.maxValue(1e15)),
})
export type MediaStoreRequest = v.InferOutput<typeof MediaStoreRequest>

/** Each piece is of `STORED_PIECE` bytes, the last one of the rest, and so much longer once it is sealed. */
export const SEAL_BYTES = 48
export const MAX_SEALED_PIECE = STORED_PIECE + SEAL_BYTES
export const piecesOf = (bytes: number) => Math.max(1, Math.ceil(bytes / STORED_PIECE))

/**
 * `POST /api/tickets/:id/media/:media`, who sees the ticket: begins an upload, or goes on with an own one. `bytes`: before it was sealed;
 * `madeAt`: when it was made, now where nothing is said. `forbidden` where the store is off, `quota` about `media` where it is full, about
 * `ticket` where that has `MAX_TICKET_MEDIA` there, `conflict` where another
 * one is there under this id, `not-found` where it was deleted or is kept no longer.
 */
export const BeginUpload = v.strictObject({
  bytes: v.pipe(Count, v.maxValue(MAX_STORED_MEDIA)),
  madeAt: v.optional(Time),
})
export type BeginUpload = v.InferOutput<typeof BeginUpload>
/** So many pieces are there, from the first. */
export const BegunUpload = v.strictObject({ have: Count })

/**
 * `POST /api/tickets/:id/media/:media/pieces/:piece`: its bytes, in order. 204. `GET` the same: who may open the ticket's case.
 * `GET /api/tickets/:id/media`: which are there as a whole. `POST /api/tickets/:id/media/:media/delete`: who brought it, or may open the case. 204.
 */
export const StoredMedia = v.strictObject({ whole: v.array(MediaId) })

export const PieceNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(piecesOf(MAX_STORED_MEDIA) - 1))

/** `POST /api/media-store/expired`. A technician: so many were deleted in this browser, since they are kept no longer. 204; in the log. */
export const ExpiredMedia = v.strictObject({ count: v.pipe(Count, v.minValue(1)) })
export type ExpiredMedia = v.InferOutput<typeof ExpiredMedia>
