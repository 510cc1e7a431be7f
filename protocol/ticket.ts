import * as v from 'valibot'
import { Lookup, TechnicianId, TicketId, Time } from './ids.ts'

/** Decided by the server, stored. Why it ended is for the people who read the queue. */
export const TicketState = v.variant('kind', [
  v.strictObject({ kind: v.literal('open'), assignee: v.nullable(TechnicianId) }),
  v.strictObject({ kind: v.literal('expired'), at: Time, why: v.picklist(['withdrawn', 'guessed', 'time']) }),
])
export type TicketState = v.InferOutput<typeof TicketState>

/** Live, never stored: where the customer is right now. */
export const Presence = v.variant('kind', [
  v.strictObject({ kind: v.literal('offline') }),
  v.strictObject({ kind: v.literal('waiting'), since: Time }),
  v.strictObject({ kind: v.literal('in-session'), since: Time }),
])
export type Presence = v.InferOutput<typeof Presence>

/** Whether two reports tell of the same customer in the same place. */
export function samePresence(one: Presence, other: Presence): boolean {
  if (one.kind === 'offline' || other.kind === 'offline') return one.kind === other.kind
  return one.kind === other.kind && one.since === other.since
}

/** All that the server knows of a ticket. Names, requests and secrets are not in it. */
export const TicketHeader = v.strictObject({
  id: TicketId,
  lookup: Lookup,
  state: TicketState,
  createdAt: Time,
  expiresAt: Time,
  /** Grows by one with each change; changes name the version that they saw. */
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
})
export type TicketHeader = v.InferOutput<typeof TicketHeader>
