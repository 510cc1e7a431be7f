import * as v from 'valibot'
import { Count, Role, TechnicianId, Time } from '../../protocol/ids.ts'
import { Chat } from '../../protocol/link.ts'
import { MediaId } from '../../protocol/media.ts'
import { PictureFault } from '../../protocol/picture.ts'

/** One line of a case's history: somebody's words or picture, or what happened to the session. */
export const CaseEntry = v.variant('kind', [
  v.strictObject({
    kind: v.literal('message'),
    id: Chat.entries.id,
    from: Role,
    /** Of the technicians' messages: whose it is, because a case goes from hand to hand. */
    by: v.optional(TechnicianId),
    text: Chat.entries.text,
    at: Time,
    /** Of the technician's messages: the customer's browser has it. */
    delivered: v.boolean(),
    /** Of the customer's: left before anyone was there, and not yet said again over the link, where the code was checked. */
    unchecked: v.optional(v.literal(true)),
  }),
  v.strictObject({
    kind: v.literal('picture'),
    id: Chat.entries.id,
    from: Role,
    by: v.optional(TechnicianId),
    /** Which of the ticket's media; the browser that has it shows it. */
    media: MediaId,
    at: Time,
    /** `waiting`: the customer's browser does not have it yet. */
    state: v.union([v.picklist(['waiting', 'delivered']), PictureFault]),
  }),
  v.strictObject({
    kind: v.literal('event'),
    id: Chat.entries.id,
    what: v.picklist([
      'customer-came',
      'customer-left',
      'connected',
      'reconnected',
      'screen-shared',
      'screen-stopped',
      'ended-by-technician',
      'ended-by-customer',
      'lost',
      'not-asked',
      'call-to-customer',
      'call-from-customer',
    ]),
    at: Time,
    /** Of a call that was taken up. */
    lastedMs: v.optional(Count),
    /** Whose browser was there and wrote it. */
    by: v.optional(TechnicianId),
  }),
])
export type CaseEntry = v.InferOutput<typeof CaseEntry>
export type CaseMessage = Extract<CaseEntry, { kind: 'message' }>
export type CasePicture = Extract<CaseEntry, { kind: 'picture' }>
export type CaseEvent = Extract<CaseEntry, { kind: 'event' }>
