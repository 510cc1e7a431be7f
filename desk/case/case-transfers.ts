import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type * as Y from 'yjs'
import { isOver, type Transfer } from '../../peer/files/transfer.ts'
import { FileRules } from '../../protocol/file-rules.ts'
import { FileAbout, FileCancel, FileDone, FileRefusal, Modified, TransferId } from '../../protocol/files.ts'
import { Count, TechnicianId, Time } from '../../protocol/ids.ts'

/** So many names of one transfer, and of those that failed, stay with the ticket. */
const KEPT_NAMES = 10
/** Far more than a ticket has: whoever writes more into a case is not read. */
const MAX_KEPT = 2000

/** What went over a ticket's link, as the technician's side saw it, and how it ended. The files themselves are not kept. */
export const KeptTransfer = v.object({
  id: TransferId,
  direction: v.picklist(['sending', 'receiving']),
  at: Modified,
  by: TechnicianId,
  count: Count,
  bytes: Count,
  first: v.pipe(v.array(FileAbout), v.minLength(1), v.maxLength(KEPT_NAMES)),
  state: v.variant('kind', [
    v.object({ kind: v.literal('refused'), why: FileRefusal, rule: v.exactOptional(FileRules) }),
    v.object({ kind: v.literal('cancelled'), by: v.picklist(['here', 'there']), why: FileCancel.entries.why }),
    v.object({
      kind: v.literal('done'),
      at: Time,
      tookMs: Count,
      whole: Count,
      failed: v.pipe(FileDone.entries.failed, v.maxLength(KEPT_NAMES)),
    }),
  ]),
})
export type KeptTransfer = v.InferOutput<typeof KeptTransfer>

export type CaseTransfers = {
  /** The oldest first. */
  readonly list: ReadonlySignal<readonly KeptTransfer[]>
  /** Of those that are over; others are let go. */
  put(transfer: Transfer): void
}

/** @param me who writes here */
export function caseTransfers(document: Y.Doc, me: TechnicianId): CaseTransfers {
  const kept = document.getMap<unknown>('transfers')
  const list = signal(read(kept))
  kept.observe(() => {
    list.value = read(kept)
  })
  return {
    list,
    put(transfer) {
      if (kept.has(transfer.id) || !isOver(transfer)) return
      const { id, direction, at, count, bytes, first, state } = transfer
      const short = state.kind === 'done' ? { ...state, failed: state.failed.slice(0, KEPT_NAMES) } : state
      // As JSON: what is undefined has no place in a document.
      const names = first.slice(0, KEPT_NAMES)
      kept.set(id, JSON.parse(JSON.stringify({ id, direction, at, by: me, count, bytes, first: names, state: short })))
    },
  }
}

function read(kept: Y.Map<unknown>): readonly KeptTransfer[] {
  const valid: KeptTransfer[] = []
  for (const entry of kept.values()) {
    if (valid.length >= MAX_KEPT) break
    const transfer = v.safeParse(KeptTransfer, entry)
    if (transfer.success) valid.push(transfer.output)
  }
  return valid.sort((a, b) => a.at - b.at)
}
