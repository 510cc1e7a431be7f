import type * as Y from 'yjs'
import { applyFromOutside } from '../../peer/apply-update.ts'
import { fromBase64url } from '../../peer/base64url.ts'
import type { PullReply, RoomName, Seq } from '../../protocol/rooms.ts'
import type { ServerRooms } from '../server-rooms.ts'
import { GroupSealError, openForRoom, type RoomKeys } from './room-seal.ts'

type Entry = PullReply['entries'][number]

/** How far a mailbox was read into a document. */
export type MailboxReader = {
  readonly after: Seq
  readonly snapshotAt: Seq
  /** Whether an entry waits for a key. What is read later goes on without it. */
  readonly unread: boolean
  /** Reads to the end. `begun-anew`: the mailbox has less than was read, so it may lack anything. @throws RefusedError */
  pull(keys: RoomKeys): Promise<'read' | 'begun-anew'>
  /** Takes one entry, where it is the next one. @returns false where it is not */
  take(keys: RoomKeys, entry: Entry): Promise<boolean>
  /** There are other keys: what did not open is asked for again. */
  rewind(): void
  /** One's own entry got this number. @returns false where others stand in between */
  passOwn(seq: Seq): boolean
  snapshotIs(at: Seq): void
}

type Parts = {
  room: RoomName
  document: Y.Doc
  /** Of the updates that are applied. */
  origin: object
  server: Pick<ServerRooms, 'pull'>
  /** Hears of each update that was read. */
  onRead(update: Uint8Array): void
  from: { after: Seq; snapshotAt: Seq }
  signal: AbortSignal
}

export function mailboxReader({ room, document, origin, server, onRead, from, signal }: Parts): MailboxReader {
  let { after, snapshotAt } = from
  let unreadFrom: Seq | undefined

  async function read(keys: RoomKeys, { seq, sealed, snapshot }: Entry) {
    const opened = await openForRoom(keys, fromBase64url(sealed)).catch((error: unknown) => {
      // Nonsense by a member costs the others nothing: it is passed by.
      return error instanceof GroupSealError ? error.why : ('tampered' as const)
    })
    signal.throwIfAborted()
    if (opened === 'no-key') unreadFrom ??= seq
    else if (opened !== 'tampered' && applyFromOutside(document, opened, origin)) onRead(opened)
    if (snapshot) snapshotAt = seq
    after = Math.max(after, seq)
  }

  return {
    get after() {
      return after
    },
    get snapshotAt() {
      return snapshotAt
    },
    get unread() {
      return unreadFrom !== undefined
    },
    async pull(keys) {
      for (;;) {
        const { entries, head } = await server.pull(room, after, signal)
        if (head < after) {
          after = 0
          snapshotAt = 0
          return 'begun-anew'
        }
        for (const entry of entries) await read(keys, entry)
        if (after >= head || entries.length === 0) return 'read'
      }
    },
    async take(keys, entry) {
      if (entry.seq <= after) return true
      if (entry.seq !== after + 1) return false
      await read(keys, entry)
      return true
    },
    rewind() {
      if (unreadFrom === undefined) return
      after = Math.min(after, unreadFrom - 1)
      unreadFrom = undefined
    },
    passOwn(seq) {
      if (seq <= after) return true
      if (seq !== after + 1) return false
      after = seq
      return true
    },
    snapshotIs(at) {
      snapshotAt = Math.max(snapshotAt, at)
    },
  }
}
