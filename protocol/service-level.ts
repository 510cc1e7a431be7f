import * as v from 'valibot'

/** Whole minutes until a customer who waits must have had a first answer. */
export const AnswerMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))

/** Whole minutes until a ticket must be resolved: up to thirty days. */
export const ResolveMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(43_200))

/** What a group promises its customers; null: nothing. */
export const ServiceTargets = v.strictObject({
  /** From when a customer came until somebody does something for this one: the first answer of the ticket. */
  answerMinutes: v.nullable(AnswerMinutes),
  /** From when the ticket was made, or reopened, until it is resolved. */
  resolveMinutes: v.nullable(ResolveMinutes),
})
export type ServiceTargets = v.InferOutput<typeof ServiceTargets>
