import * as v from 'valibot'

/** What a customer thinks of a session, from 1, very bad, to 5, very good. */
export const Score = v.picklist([1, 2, 3, 4, 5])
export type Score = v.InferOutput<typeof Score>

export const SCORES = Score.options
