import * as v from 'valibot'
import { Time } from './ids.ts'
import { Mid } from './link-offer.ts'

/** Whether what the customer shows is heard too. `mid`: the line of the link that carries it. */
export const SoundState = v.variant('kind', [
  v.strictObject({ kind: v.literal('heard'), since: Time, mid: Mid }),
  v.strictObject({ kind: v.literal('silent') }),
])
export type SoundState = v.InferOutput<typeof SoundState>

/** Customer: how it is now; at each change, and once more on each new link. */
export const SoundChanged = v.strictObject({ type: v.literal('sound'), state: SoundState })
