import * as v from 'valibot'
import { Time } from './ids.ts'

/** Whether what the customer shows is heard too. */
export const SoundState = v.variant('kind', [
  v.strictObject({ kind: v.literal('heard'), since: Time }),
  v.strictObject({ kind: v.literal('silent') }),
])
export type SoundState = v.InferOutput<typeof SoundState>

/** Customer: how it is now; once on each new link, and at each change. */
export const SoundChanged = v.strictObject({ type: v.literal('sound'), state: SoundState })
