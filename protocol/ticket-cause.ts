import * as v from 'valibot'
import { TechnicianId } from './ids.ts'

/** Whole minutes in which an assignee may do nothing for a customer who is there. */
export const SilentMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(240))

/** Why a ticket changed although no technician changed it, told with the change. */
export const TicketCause = v.variant('kind', [
  /** It is back in the queue: `whom` did nothing for so long for the customer who is there. */
  v.strictObject({ kind: v.literal('silence'), whom: TechnicianId, minutes: SilentMinutes }),
  /** It was given to `whom`, as the group wants it. */
  v.strictObject({ kind: v.literal('automatic'), whom: TechnicianId }),
  /** Its customer said "I did not ask for this": the code is blocked. `whom`: who had it. */
  v.strictObject({ kind: v.literal('not-asked'), whom: v.nullable(TechnicianId) }),
])
export type TicketCause = v.InferOutput<typeof TicketCause>
