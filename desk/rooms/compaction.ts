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
  /** Something was deleted for good: what the entries from before say of it is not to stay there longer than needed. */
  ask(): void
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

/** One is asked for so often at most, in ms: it may have all of a large queue in it. */
const ASKED_MS = 60 * 60_000

export function openCompaction({ room, document, server, pace, due, done, signal: until }: Parts): Compaction {
  let state: 'no' | 'planned' | 'due' | 'sending' = 'no'
  /** Whether it is made in any case. */
  let needed = false
  /** Up to here it was not worth one, or somebody else had the turn. */
  let lookedAt: Seq = 0
  let neededAgainAt = 0
  /** It was asked for when so much was read; undefined: it was not, or there is one since. */
  let asked: Seq | undefined
  let askedAgainAt = 0
  let missed = false
  /** So much is read. */
  let read: Seq = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: ReturnType<typeof setTimeout> | undefined
  until.addEventListener(
    'abort',
    () => {
      clearTimeout(timer)
      clearTimeout(asking)
    },
    { once: true },
  )

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

  function ask() {
    if (asked !== undefined) return
    asked = read
    const rest = Math.max(0, askedAgainAt - Date.now())
    clearTimeout(asking)
    asking = setTimeout(
      () => {
        askedAgainAt = Date.now() + ASKED_MS
        dueAsAsked()
      },
      rest + Math.random() * pace.withinMs,
    )
  }

  function dueAsAsked() {
    // One that is on its way has what was deleted meanwhile: another follows.
    missed = state === 'sending'
    if (missed) return
    state = 'due'
    due()
  }

  return {
    settled({ place: { after }, held }) {
      read = after
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
      const isAsked = asked !== undefined && held.snapshot.upTo < asked
      const wanted = needed || isAsked || isWorthSnapshot(held)
      needed = false
      state = 'no'
      lookedAt = after
      if (unread || stamp === undefined) return
      asked = undefined
      if (after <= held.snapshot.upTo || !wanted) return
      state = 'sending'
      send(keys, after, stamp)
        .then(done, (error: unknown) => {
          failed(error)
          if (!isAsked || until.aborted) return
          askedAgainAt = Date.now() + BUSY_MS
          ask()
        })
        .finally(() => {
          state = 'no'
          if (missed) dueAsAsked()
        })
    },
    ask,
    full() {
      if (state === 'sending' || Date.now() < neededAgainAt) return false
      state = 'due'
      needed = true
      return true
    },
  }
}
