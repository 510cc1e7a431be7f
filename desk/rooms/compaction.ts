import * as v from 'valibot'
import * as Y from 'yjs'
import { randomId } from '../../peer/random-id.ts'
import { RefusedError } from '../../protocol/errors.ts'
import { type RoomName, type Seq, SnapshotId, type Stamp } from '../../protocol/rooms.ts'
import type { ServerRooms } from '../server/server-rooms.ts'
import { isWorthSnapshot } from './mailbox-plan.ts'
import type { MailboxReader } from './mailbox-reader.ts'
import { type RoomKeys, sealUpdate } from './room-seal.ts'
import { splitUpdate } from './split-update.ts'

/** How many entries may make a snapshot worthwhile, and how long one waits at most for somebody else to do it, in ms. */
export type CompactionPace = { after: number; withinMs: number }

/** Puts a snapshot in the place of a mailbox's entries, where that saves enough. */
export type Compaction = {
  /** Everything is read and sent. */
  settled(reader: MailboxReader): void
  /** Whether it is time: read everything, so as to know what somebody else did meanwhile, and `begin`. */
  readonly isDue: boolean
  /** Sends a snapshot of all that was read; what is read and written from here on does not wait for it. */
  begin(reader: MailboxReader, keys: RoomKeys): void
  /** The mailbox takes no more. @returns whether a snapshot is due, which may make room */
  full(): boolean
}

type Parts = {
  room: RoomName
  document: Y.Doc
  server: Pick<ServerRooms, 'snapshot'>
  pace: CompactionPace
  /** One is due. */
  due(): void
  /** One stands: there may be room again. */
  done(): void
  signal: AbortSignal
}

/** A full mailbox that took no snapshot gets the next one after so long, in ms: somebody else was making one, or there was no room for it. */
const BUSY_MS = 60_000
const TOO_LARGE_MS = 10 * 60_000

export function openCompaction({ room, document, server, pace, due, done, signal: until }: Parts): Compaction {
  let state: 'no' | 'planned' | 'due' | 'sending' = 'no'
  /** Whether it is made in any case. */
  let needed = false
  /** Up to here it was not worth one, or somebody else had the turn. */
  let lookedAt: Seq = 0
  let neededAgainAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  until.addEventListener('abort', () => clearTimeout(timer), { once: true })

  async function send(keys: RoomKeys, upTo: Seq, stamp: Stamp) {
    const id = v.parse(SnapshotId, randomId())
    const parts = splitUpdate(Y.encodeStateAsUpdate(document))
    let next = parts.next()
    for (let part = 0; !next.done; part++) {
      const sealed = await sealUpdate(keys, next.value)
      next = parts.next()
      await server.snapshot(room, { id, upTo, stamp, part, last: next.done === true, sealed }, until)
    }
  }

  function failed(error: unknown) {
    if (until.aborted || !(error instanceof RefusedError)) return
    const { code } = error.refusal
    // Not reached: once more as soon as it is.
    if (code === 'unavailable' || code === 'too-many') lookedAt = 0
    else neededAgainAt = Date.now() + (code === 'conflict' ? BUSY_MS : TOO_LARGE_MS)
  }

  return {
    settled({ place: { after }, held }) {
      // The server was put back to an older state.
      if (after < lookedAt) lookedAt = 0
      if (state !== 'no' || after - Math.max(held.snapshot.upTo, lookedAt) < pace.after) return
      state = 'planned'
      // All who have the room open would do it at once: each waits for another one first.
      timer = setTimeout(() => {
        state = 'due'
        due()
      }, Math.random() * pace.withinMs)
    },
    get isDue() {
      return state === 'due'
    },
    begin({ place: { after, stamp }, held, unread }, keys) {
      const wanted = needed || isWorthSnapshot(held)
      needed = false
      state = 'no'
      lookedAt = after
      if (unread || stamp === undefined || after <= held.snapshot.upTo || !wanted) return
      state = 'sending'
      send(keys, after, stamp)
        .then(done, failed)
        .finally(() => {
          state = 'no'
        })
    },
    full() {
      if (state === 'sending' || Date.now() < neededAgainAt) return false
      state = 'due'
      needed = true
      return true
    },
  }
}
