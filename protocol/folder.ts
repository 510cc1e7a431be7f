import * as v from 'valibot'
import { ConsentId } from './consent.ts'
import { Modified, RawName } from './files.ts'
import { Bytes16, Count } from './ids.ts'
import { MAX_FOLDER_MESSAGE, MAX_PICKED } from './limits.ts'

/**
 * A folder that the customer picked, for as long as the permission of that id holds. What is in it is only named by ids that the customer's
 * page has drawn for it: there are no paths, and so no way out of it.
 */

export const EntryId = v.pipe(Bytes16, v.brand('EntryId'))
export type EntryId = v.InferOutput<typeof EntryId>

/** Drawn by the technician's desk for each time that it fetches something. */
export const FetchId = v.pipe(Bytes16, v.brand('FetchId'))
export type FetchId = v.InferOutput<typeof FetchId>

export const FolderEntry = v.variant('kind', [
  v.strictObject({ kind: v.literal('folder'), id: EntryId, name: RawName }),
  v.strictObject({ kind: v.literal('file'), id: EntryId, name: RawName, size: Count, modified: Modified }),
])
export type FolderEntry = v.InferOutput<typeof FolderEntry>

/** Technician: what is in it? Without `entry`: in the folder itself. */
export const FolderList = v.strictObject({
  type: v.literal('folder-list'),
  consent: ConsentId,
  entry: v.optional(EntryId),
})
export type FolderList = v.InferOutput<typeof FolderList>

/** Customer: the answer, in one message or more. `end`: more follow; that was all; there are more than are listed. */
export const FolderEntries = v.strictObject({
  type: v.literal('folder-entries'),
  consent: ConsentId,
  entry: v.optional(EntryId),
  entries: v.pipe(v.array(FolderEntry), v.maxLength(MAX_FOLDER_MESSAGE)),
  end: v.picklist(['more', 'all', 'too-many']),
})
export type FolderEntries = v.InferOutput<typeof FolderEntries>

/** Technician: send me these, with all that is in them. A `file-offer` with the same `fetch` follows. */
export const FolderFetch = v.strictObject({
  type: v.literal('folder-fetch'),
  consent: ConsentId,
  fetch: FetchId,
  entries: v.pipe(v.array(EntryId), v.minLength(1), v.maxLength(MAX_PICKED)),
})
export type FolderFetch = v.InferOutput<typeof FolderFetch>

/** Not shared any more, or never was; it cannot be read; there is nothing in it; it is more than goes at once. */
export const FolderFault = v.picklist(['not-shared', 'unreadable', 'empty', 'too-many', 'not-allowed'])
export type FolderFault = v.InferOutput<typeof FolderFault>

/** Customer: neither a list nor an offer follows. */
export const FolderFailed = v.strictObject({
  type: v.literal('folder-failed'),
  consent: ConsentId,
  entry: v.optional(EntryId),
  fetch: v.optional(FetchId),
  why: FolderFault,
})
export type FolderFailed = v.InferOutput<typeof FolderFailed>
