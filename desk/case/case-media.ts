import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type * as Y from 'yjs'
import { TechnicianId, Time } from '../../protocol/ids.ts'
import { MediaId, MediaType } from '../../protocol/media.ts'
import { MediaKind } from '../media/media-item.ts'

const Natural = v.pipe(v.number(), v.integer(), v.minValue(0))

/** That something is there, and whose browser has it; the bytes never leave that browser by themselves. */
export const ListedMedia = v.object({
  id: MediaId,
  kind: MediaKind,
  number: Natural,
  at: Time,
  by: TechnicianId,
  bytes: Natural,
  width: Natural,
  height: Natural,
  durationMs: v.optional(Natural),
  /** Absent in what was listed by an earlier version. */
  type: v.optional(MediaType),
})
export type ListedMedia = v.InferOutput<typeof ListedMedia>

/** Far more than a ticket has: whoever writes more into a case is not read. */
const MAX_LISTED = 5000

/** What pictures and films there are of a ticket, for all who may open its case. */
export type CaseMedia = {
  /** The oldest first. */
  readonly list: ReadonlySignal<readonly ListedMedia[]>
  /** The number that the next one of a kind gets. */
  next(kind: MediaKind): number
  put(media: ListedMedia): void
  remove(id: MediaId): void
}

export function caseMedia(document: Y.Doc): CaseMedia {
  const kept = document.getMap<unknown>('media')
  const list = signal(read(kept))
  kept.observe(() => {
    list.value = read(kept)
  })
  return {
    list,
    next: (kind) => 1 + Math.max(0, ...list.peek().flatMap((one) => (one.kind === kind ? [one.number] : []))),
    put: (media) => void kept.set(media.id, media),
    remove: (id) => kept.delete(id),
  }
}

function read(kept: Y.Map<unknown>): readonly ListedMedia[] {
  const valid: ListedMedia[] = []
  for (const [id, entry] of kept) {
    if (valid.length >= MAX_LISTED) break
    const listed = v.safeParse(ListedMedia, entry)
    if (listed.success && listed.output.id === id) valid.push(listed.output)
  }
  return valid.sort((one, other) => one.at - other.at)
}
