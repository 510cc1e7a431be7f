import * as v from 'valibot'
import { FileRules } from './file-rules.ts'
import { Bytes16, Count, Time } from './ids.ts'
import { MAX_OFFERED_NAMES, MAX_PATH_PARTS, MAX_TRANSFER_FILES } from './limits.ts'
import { Signal } from './pairing.ts'

/**
 * Files between the two browsers. These control messages go over the session's link; the bytes go over a link of their own, so that the
 * screen never waits for them, as records in frames of type `file` (`peer/files/records.ts`).
 */

/** Drawn by the side that sends. */
export const TransferId = v.pipe(Bytes16, v.brand('TransferId'))
export type TransferId = v.InferOutput<typeof TransferId>

/** A name as it comes from another computer: shown as text, and cleaned before any disk sees it. */
export const RawName = v.pipe(v.string(), v.minLength(1), v.maxLength(1000))

/** Folders, outermost first, and the name. */
export const FilePath = v.pipe(v.array(RawName), v.minLength(1), v.maxLength(MAX_PATH_PARTS))
export type FilePath = v.InferOutput<typeof FilePath>

/** A time that a calendar has. */
export const Modified = v.pipe(Time, v.maxValue(8.64e15))

/** One file as its sender sees it. */
export const FileAbout = v.strictObject({ path: FilePath, size: Count, modified: Modified })
export type FileAbout = v.InferOutput<typeof FileAbout>

/**
 * Sender: I would like to send you these. `first`: the first ones by name, of `count`. Said again on each new link while it is not over:
 * the receiver then says where it stands.
 */
export const FileOffer = v.strictObject({
  type: v.literal('file-offer'),
  id: TransferId,
  count: v.pipe(Count, v.minValue(1)),
  bytes: Count,
  first: v.pipe(v.array(FileAbout), v.minLength(1), v.maxLength(MAX_OFFERED_NAMES)),
  /** So many folders that have nothing in them come too. */
  folders: v.optional(v.pipe(Count, v.minValue(1), v.maxValue(MAX_TRANSFER_FILES))),
  /** What the receiver asked for under this id, out of a folder. */
  fetch: v.optional(Bytes16),
})
export type FileOffer = v.InferOutput<typeof FileOffer>

/** Why a transfer does not begin: the person said no, or this side's limits do. */
export const FileRefusal = v.picklist(['refused', 'too-large', 'not-allowed', 'no-room', 'too-many'])
export type FileRefusal = v.InferOutput<typeof FileRefusal>

/** Receiver: yes, or no and why. */
export const FileAnswer = v.strictObject({
  type: v.literal('file-answer'),
  id: TransferId,
  refused: v.optional(FileRefusal),
  /** With `too-large` and `not-allowed`: the rule that it breaks, as the receiver has it. */
  rule: v.optional(FileRules),
})

/** Either side: no more of this one; what is whole stays. `why`: absent where the person pressed Cancel; `gone`: this page does not know it. */
export const FileCancel = v.strictObject({
  type: v.literal('file-cancel'),
  id: TransferId,
  why: v.optional(v.picklist(['revoked', 'disk-full', 'failed', 'gone', 'hand-over', 'lost'])),
})
export type FileCancel = v.InferOutput<typeof FileCancel>

/** Either side holds it up, or goes on: it runs while neither does. */
export const FilePause = v.strictObject({ type: v.literal('file-pause'), id: TransferId, paused: v.boolean() })

/** Receiver, at the end: how many files are whole, and the first of those that are not. */
export const FileDone = v.strictObject({
  type: v.literal('file-done'),
  id: TransferId,
  whole: Count,
  failed: v.pipe(
    v.array(
      v.strictObject({
        path: FilePath,
        why: v.picklist(['changed', 'unreadable', 'damaged', 'not-written', 'not-allowed']),
      }),
    ),
    v.maxLength(100),
  ),
})
export type FileDone = v.InferOutput<typeof FileDone>

/** There are bytes to carry: the customer's page makes the link for them, as it made the first one. Of a customer it means nothing. */
export const FileLink = v.strictObject({ type: v.literal('file-link') })

/** Both: signals of the link for the files, the `dial`th of this session. */
export const FileSignal = v.strictObject({ type: v.literal('file-signal'), dial: Count, signal: Signal })
