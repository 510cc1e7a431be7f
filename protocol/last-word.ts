import * as v from 'valibot'

/** Who ends the session on purpose. A link that closes without it was cut. */
export const Bye = v.strictObject({ type: v.literal('bye') })

/** Customer: did not ask for this. The link closes; the code is blocked at the server. */
export const NotAsked = v.strictObject({ type: v.literal('not-asked') })

/** Technician: a colleague goes on; keep the seat and what is shown. The link closes. */
export const HandOver = v.strictObject({ type: v.literal('hand-over') })

/** What is said on purpose, on the link or, while none is up, under a seal. */
export const LastWord = v.variant('type', [Bye, HandOver, NotAsked])
export type LastWord = v.InferOutput<typeof LastWord>
