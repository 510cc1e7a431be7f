import * as v from 'valibot'
import { MessageId } from './ids.ts'
import { MAX_HELD_BOX, MAX_HELD_MESSAGES } from './limits.ts'

/** What a customer writes before anyone is there: kept by the server for whoever comes, sealed to the group's public key. */

/** `box`: an age file for the group, base64url, of a `Chat` as JSON. The server knows its length, and when it came. */
export const HeldMessage = v.strictObject({
  id: MessageId,
  box: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(64), v.maxLength(MAX_HELD_BOX)),
})
export type HeldMessage = v.InferOutput<typeof HeldMessage>

/** `GET /api/tickets/:id/held`. The assignee, an admin, or any member while nobody has it: the oldest first. */
export const HeldReply = v.strictObject({ messages: v.array(HeldMessage) })
export type HeldReply = v.InferOutput<typeof HeldReply>

/** `POST /api/tickets/:id/held/taken`. The assignee, in whose case they are by now: they are deleted. 204. */
export const HeldTakenRequest = v.strictObject({ ids: v.pipe(v.array(MessageId), v.maxLength(MAX_HELD_MESSAGES)) })
export type HeldTakenRequest = v.InferOutput<typeof HeldTakenRequest>
