import type { Time } from '../../protocol/ids.ts'
import type { Seq, SnapshotId, SnapshotRequest, Stamp } from '../../protocol/rooms.ts'

/** A browser that was silent for so long does not go on with its snapshot, in ms; another one may begin. */
export const ABANDONED_MS = 60_000

/** A snapshot that is on its way: how many parts of it are here, and when the last one came. */
export type Coming = { id: SnapshotId; upTo: Seq; parts: number; at: Time }

/**
 * `begins`: in the place of whatever is on its way. `too-late`: another snapshot reaches as far, or the entry is not the one that
 * was read. `not-now`: somebody else is making one, or this one was given up.
 */
export type PartRuling = 'begins' | 'goes-on' | 'too-late' | 'not-now'

/** What becomes of a part. `stamp`: of the entry `upTo`, where there is one. Parts come in their order, and of one snapshot at a time. */
export function judgePart(
  room: { snapshot: Seq; stamp: Stamp | undefined },
  coming: Coming | undefined,
  { id, upTo, stamp, part }: Pick<SnapshotRequest, 'id' | 'upTo' | 'stamp' | 'part'>,
  now: Time,
): PartRuling {
  if (room.snapshot >= upTo || room.stamp !== stamp) return 'too-late'
  if (part === 0) return coming && coming.at > now - ABANDONED_MS ? 'not-now' : 'begins'
  return coming?.id === id && coming.upTo === upTo && coming.parts === part ? 'goes-on' : 'not-now'
}
