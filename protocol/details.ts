import * as v from 'valibot'
import { Secret, Time } from './ids.ts'

/**
 * What a technician knows of a ticket and the server must not: the customer, the request and the code's secret half.
 * Kept in the room `queue`, one plain JSON value a ticket.
 */
export const Details = v.strictObject({
  secret: Secret,
  name: v.pipe(v.string(), v.maxLength(120)),
  contact: v.pipe(v.string(), v.maxLength(200)),
  request: v.pipe(v.string(), v.maxLength(2000)),
  createdAt: Time,
})
export type Details = v.InferOutput<typeof Details>
