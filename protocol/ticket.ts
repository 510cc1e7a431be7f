import * as v from 'valibot'
import { GroupId, Lookup, TechnicianId, TicketId, Time } from './ids.ts'

/**
 * Decided by the server, stored. `open` becomes `resolved`, and `open` again when it is reopened; or `expired`, for good.
 * Who ended it and why is for the people who read the queue.
 */
export const TicketState = v.variant('kind', [
  v.strictObject({ kind: v.literal('open'), assignee: v.nullable(TechnicianId) }),
  /** `assignee`: who had it then. */
  v.strictObject({ kind: v.literal('resolved'), assignee: v.nullable(TechnicianId), at: Time, by: TechnicianId }),
  /**
   * `not-asked`: its customer said that the help was not asked for. `assignee`: who had it then. `filed`: its details rest on the server's
   * row, so that they are found when the queue has it no longer.
   */
  v.strictObject({
    kind: v.literal('expired'),
    at: Time,
    why: v.picklist(['withdrawn', 'guessed', 'time', 'not-asked']),
    assignee: v.nullable(TechnicianId),
    filed: v.boolean(),
  }),
])
export type TicketState = v.InferOutput<typeof TicketState>

/**
 * Live, never stored: where the customer is right now. `waiting`: here, without a link. `in-session`: linked; `answered` once
 * somebody has done something for this customer since the arrival, because a desk that is open links by itself. `since`: until then
 * that of the wait, with which a page that is loaded again goes on; afterwards that of the link.
 */
export const Presence = v.variant('kind', [
  v.strictObject({ kind: v.literal('offline') }),
  /** `cameAt`: when the page came that is here now. */
  v.strictObject({ kind: v.literal('waiting'), since: Time, cameAt: Time }),
  v.strictObject({ kind: v.literal('in-session'), since: Time, answered: v.boolean() }),
])
export type Presence = v.InferOutput<typeof Presence>

/** Whether two reports tell of the same customer in the same place. */
export function samePresence(one: Presence, other: Presence): boolean {
  if (one.kind === 'in-session') {
    return other.kind === 'in-session' && one.since === other.since && one.answered === other.answered
  }
  if (one.kind === 'offline' || other.kind !== 'waiting') return one.kind === other.kind
  return one.since === other.since && one.cameAt === other.cameAt
}

/** All that the server knows of a ticket. Names, requests and secrets are not in it. */
export const TicketHeader = v.strictObject({
  id: TicketId,
  lookup: Lookup,
  /** Whose queue it is in. Its members and the admins see it. */
  group: GroupId,
  state: TicketState,
  /** Whom the assignee has invited: they read and write its case as the assignee does. */
  seconds: v.array(TechnicianId),
  createdAt: Time,
  /** When it was made, or reopened last: from then on its group has time to resolve it. */
  openedAt: Time,
  /** The first answer to its customer since then; null: there was none yet. Told without a new version, since it overtakes no change. */
  answeredAt: v.nullable(Time),
  expiresAt: Time,
  /** Grows by one with each change; changes name the version that they saw. */
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
})
export type TicketHeader = v.InferOutput<typeof TicketHeader>

/** Who has the ticket, or had it when it ended. */
export function assigneeOf({ state }: Pick<TicketHeader, 'state'>): TechnicianId | null {
  return state.assignee
}

/** What was said and allowed where a customer did not ask for help is for those who have to look into it: the admins alone. */
export function isForAdmins({ state }: Pick<TicketHeader, 'state'>): boolean {
  return state.kind === 'expired' && state.why === 'not-asked'
}
