import type { Refusal } from '../../protocol/errors.ts'

/** How a room in this browser stands with its mailbox. Whatever it is: what was written is on the disk, and goes on later. */
export type RoomState =
  /** What this browser keeps is being read. */
  | { kind: 'loading' }
  /** The keys, or those of some entries, are not here (yet). */
  | { kind: 'no-keys' }
  | { kind: 'syncing' }
  /** Everything that the mailbox has is here. */
  | { kind: 'synced' }
  | { kind: 'offline' }
  /** `quota`: the mailbox is full. `not-found`: one may not open this room (any more). Tried again from time to time. */
  | { kind: 'refused'; refusal: Refusal }
