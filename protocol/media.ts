import * as v from 'valibot'
import { Bytes16, Count, TechnicianId, TicketId } from './ids.ts'
import { MAX_MEDIA_SOUGHT, MAX_RELAY_DATA } from './limits.ts'
import { Signal } from './pairing.ts'

/** Pictures and films of a ticket, where another technician's browser has them. */

export const MediaId = v.pipe(Bytes16, v.brand('MediaId'))
export type MediaId = v.InferOutput<typeof MediaId>

/** What pictures and films are; nothing else is taken from another browser. */
export const MediaType = v.picklist(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'video/webm'])

/** One page of a desk, by which it is told apart from the same technician's other ones. */
export const DeskId = v.pipe(Bytes16, v.brand('DeskId'))
export type DeskId = v.InferOutput<typeof DeskId>

/** What belongs together of what two desks say: one question and its answers, or one attempt to fetch. */
export const LineId = v.pipe(Bytes16, v.brand('LineId'))
export type LineId = v.InferOutput<typeof LineId>

/** An envelope, base64url: sealed for the ticket (`desk/media/lending/media-seal.ts`). The server does not read it. */
const Box = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(32), v.maxLength(MAX_RELAY_DATA))

const boxed = { ticket: TicketId, box: Box }

/** Who may open the ticket's case, to all other desks of a technician; and what such a desk says to who may open the case. */
export const MediaAsk = v.strictObject({ type: v.literal('media-ask'), to: TechnicianId, ...boxed })
export const MediaAnswer = v.strictObject({ type: v.literal('media-answer'), to: TechnicianId, ...boxed })

/** The same as they arrive. `from`: as the server knows it. */
export const MediaAsked = v.strictObject({ type: v.literal('media-asked'), from: TechnicianId, ...boxed })
export const MediaAnswered = v.strictObject({ type: v.literal('media-answered'), from: TechnicianId, ...boxed })

/** Asking desk: which of these have you? And: let me have this one, from this byte on. `desk`: the one that said `have`. */
const Seek = v.strictObject({
  type: v.literal('seek'),
  items: v.pipe(v.array(MediaId), v.minLength(1), v.maxLength(MAX_MEDIA_SOUGHT)),
})
const Fetch = v.strictObject({ type: v.literal('fetch'), item: MediaId, desk: DeskId, from: Count })

/** Holding desk: these are here. And to `fetch`: it is looked for, and the link is awaited; it is not here any more; not now, others are fetched. */
const Have = v.strictObject({
  type: v.literal('have'),
  items: v.pipe(v.array(v.strictObject({ id: MediaId, type: MediaType })), v.maxLength(MAX_MEDIA_SOUGHT)),
})
const Coming = v.strictObject({ type: v.literal('coming') })
const Gone = v.strictObject({ type: v.literal('gone') })
const Busy = v.strictObject({ type: v.literal('busy') })

/** Both: what makes the link over which the bytes go. The asking desk offers. */
const LinkSignal = v.strictObject({ type: v.literal('signal'), signal: Signal })

export const MediaWord = v.variant('type', [Seek, Fetch, Have, Coming, Gone, Busy, LinkSignal])
export type MediaWord = v.InferOutput<typeof MediaWord>

/** What is in an envelope: who says it to whom, in which order, so that none is of use anywhere else or a second time. */
export const MediaEnvelope = v.strictObject({
  desk: DeskId,
  /** Counts up over all that this page says. */
  n: Count,
  from: TechnicianId,
  to: TechnicianId,
  line: LineId,
  word: MediaWord,
})
export type MediaEnvelope = v.InferOutput<typeof MediaEnvelope>
