import * as v from 'valibot'
import { Bytes16, Time } from './ids.ts'

/** What a customer may allow. */
export const ConsentTopic = v.picklist([
  'screen',
  'sound',
  'recording',
  'drawing',
  'camera',
  'microphone',
  'file',
  'folder',
])
export type ConsentTopic = v.InferOutput<typeof ConsentTopic>

/** Drawn by whoever speaks first: the technician who asks, or the customer who offers. */
export const ConsentId = v.pipe(Bytes16, v.brand('ConsentId'))
export type ConsentId = v.InferOutput<typeof ConsentId>

/** Who ended what was allowed; `cut`: the page or the connection went; `hand-over`: somebody else attends now. */
export const ConsentEnder = v.picklist(['customer', 'technician', 'cut', 'hand-over'])
export type ConsentEnder = v.InferOutput<typeof ConsentEnder>

/**
 * One permission from the question to its end. Only the customer's page writes it: `asked` is absent where the customer offered
 * by itself, `to` is the technician as the page showed the name.
 */
export const Consent = v.strictObject({
  id: ConsentId,
  what: ConsentTopic,
  /** Which file, folder or screen, as both sides call it. */
  detail: v.optional(v.pipe(v.string(), v.maxLength(200))),
  to: v.pipe(v.string(), v.maxLength(200)),
  asked: v.optional(Time),
  state: v.variant('kind', [
    v.strictObject({ kind: v.literal('asked') }),
    v.strictObject({ kind: v.literal('granted'), at: Time }),
    v.strictObject({ kind: v.literal('refused'), at: Time }),
    /** The technician took the question back, or the link went before it was answered. */
    v.strictObject({ kind: v.literal('withdrawn'), at: Time, by: v.optional(ConsentEnder) }),
    v.strictObject({ kind: v.literal('ended'), granted: Time, at: Time, by: ConsentEnder }),
  ]),
})
export type Consent = v.InferOutput<typeof Consent>

/** Technician: may I? */
export const ConsentAsk = v.strictObject({
  type: v.literal('consent-ask'),
  id: ConsentId,
  what: ConsentTopic,
  /** Of a file alone; in other questions the page does not read it. */
  detail: Consent.entries.detail,
})
export type ConsentAsk = v.InferOutput<typeof ConsentAsk>

/** Technician: takes the question back, or gives up what was granted. */
export const ConsentEnd = v.strictObject({ type: v.literal('consent-end'), id: ConsentId })

/** Customer: how one permission stands now; all of them when a link comes up. */
export const ConsentChanged = v.strictObject({ type: v.literal('consent'), consent: Consent })
