import * as Y from 'yjs'
import type { Held, Place } from './mailbox-reader.ts'
import type { RoomRecord } from './room-memory.ts'
import type { Range } from './split-deletions.ts'

/** Nothing is read. */
export const BEGINNING: Place = { after: 0, stamp: undefined }

/** Where a browser goes on with a mailbox. */
export type MailboxPlan = {
  from: Place
  /** What the document has and the mailbox perhaps not. */
  unsent: Uint8Array | undefined
}

/**
 * Compares the document with what the mailbox was last known to have. A browser that was killed may have kept less of the document
 * than it read, or more than it sent; both are seen here, so neither is lost.
 */
export function planMailbox(document: Y.Doc, record: Omit<RoomRecord, 'room'> | undefined): MailboxPlan {
  const here = Y.snapshot(document)
  const there = readKnown(record?.known)
  if (!record || !there) return { from: BEGINNING, unsent: isEmpty(here) ? undefined : Y.encodeStateAsUpdate(document) }
  const { after, stamp } = record
  const from = holds(here, there) && stamp !== undefined ? { after, stamp } : BEGINNING
  const unsent = holds(there, here) ? undefined : Y.encodeStateAsUpdate(document, Y.encodeStateVector(there.sv))
  return { from, unsent }
}

/** What the document had then and is not in the mailbox, which was read whole since; undefined where that is nothing. */
export function missingThere(document: Y.Doc, then: Y.Snapshot, there: Y.Snapshot): Uint8Array | undefined {
  return holds(there, then) ? undefined : Y.encodeStateAsUpdate(document, Y.encodeStateVector(there.sv))
}

/** What is kept of a document as known to the mailbox. */
export function knownOf(document: Y.Doc): Uint8Array {
  return Y.encodeSnapshot(Y.snapshot(document))
}

/** Parts of the document that wait for others are not kept on the disk, so they are to be read again. */
export function isWhole({ store }: Y.Doc): boolean {
  return store.pendingStructs === null && store.pendingDs === null
}

/** So many entries after the newest snapshot may make the next one worth its bytes. */
export const COMPACT_AFTER = 200

/** Those entries are not worth one that has more than so many times their bytes. */
const WORTH_TIMES = 8

/** Whether a snapshot saves enough of what each new browser reads: a large one is not sent anew for a few edits. */
export function isWorthSnapshot({ snapshot, bytes }: Held): boolean {
  return (bytes - snapshot.bytes) * WORTH_TIMES >= snapshot.bytes
}

/** One append has about so many bytes of updates; one that is longer goes alone. */
const BATCH_BYTES = 512 * 1024

/** How many of the first updates go together. */
export function batchSize(updates: readonly Uint8Array[]): number {
  let bytes = 0
  const end = updates.findIndex((update) => {
    bytes += update.byteLength
    return bytes > BATCH_BYTES
  })
  return end < 0 ? updates.length : Math.max(1, end)
}

function readKnown(known: Uint8Array | undefined): Y.Snapshot | undefined {
  try {
    return known && Y.decodeSnapshot(known)
  } catch {
    return undefined
  }
}

export const isEmpty = ({ sv, ds }: Y.Snapshot) => sv.size === 0 && ds.clients.size === 0

/** Whether all that `part` has, written and deleted, is in `whole`. */
function holds(whole: Y.Snapshot, part: Y.Snapshot): boolean {
  for (const [client, clock] of part.sv) if ((whole.sv.get(client) ?? 0) < clock) return false
  for (const [client, deleted] of part.ds.clients) {
    const among = whole.ds.clients.get(client) ?? []
    for (const { clock, len } of deleted) {
      const run = lastUpTo(among, clock)
      if (!run || clock + len > run.clock + run.len) return false
    }
  }
  return true
}

/** The last that begins there or before. They are in their order, and may be a great many. */
function lastUpTo(runs: readonly Range[], clock: number): Range | undefined {
  let [low, high] = [0, runs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.clock ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return runs[low - 1]
}
