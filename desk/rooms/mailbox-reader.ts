import type * as Y from 'yjs'
import { applyFromOutside, type Reach } from '../../peer/apply-update.ts'
import { fromBase64url } from '../../peer/base64url.ts'
import type { PullReply, RoomName, Sealed, Seq } from '../../protocol/rooms.ts'
import type { PullFrom, ServerRooms } from '../server-rooms.ts'
import { GroupSealError, openForRoom, type RoomKeys } from './room-seal.ts'

type Entry = PullReply['entries'][number]

/** What the mailbox holds, as it was pulled last; in bytes. */
export type Held = { snapshot: { upTo: Seq; bytes: number }; bytes: number }

/** How far a mailbox was read into a document. */
export type MailboxReader = {
  readonly after: Seq
  readonly held: Held
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
}

type Parts = {
  room: RoomName
  document: Y.Doc
  /** Of the updates that are applied. */
  origin: object
  server: Pick<ServerRooms, 'pull'>
  /** Hears how far each update reaches that was read. */
  onRead(reach: Reach): void
  /** What was read before. */
  from: Seq
  signal: AbortSignal
}

const NOTHING: Held = { snapshot: { upTo: 0, bytes: 0 }, bytes: 0 }

export function mailboxReader({ room, document, origin, server, onRead, from, signal }: Parts): MailboxReader {
  let after = from
  let held = NOTHING
  let unreadFrom: Seq | undefined
  /** Of a snapshot so much was read. Where another one takes its place, that is read from its first part. */
  let reading: PullFrom['reading']

  /** @param seq what is asked for again where there is no key */
  async function read(keys: RoomKeys, sealed: Sealed, seq: Seq) {
    const opened = await openForRoom(keys, fromBase64url(sealed)).catch((error: unknown) => {
      // Nonsense by a member costs the others nothing: it is passed by.
      return error instanceof GroupSealError ? error.why : ('tampered' as const)
    })
    signal.throwIfAborted()
    if (opened === 'no-key') unreadFrom ??= seq
    else if (opened !== 'tampered') {
      const reach = applyFromOutside(document, opened, origin)
      if (reach) onRead(reach)
    }
  }

  async function readEntry(keys: RoomKeys, { seq, sealed }: Entry) {
    await read(keys, sealed, seq)
    after = Math.max(after, seq)
  }

  async function readSnapshot(keys: RoomKeys, { snapshot, parts }: PullReply) {
    if (!snapshot || after >= snapshot.upTo) return
    const begun = reading?.snapshot === snapshot.id ? reading.part : 0
    for (const sealed of parts) await read(keys, sealed, snapshot.upTo)
    const part = begun + parts.length
    reading = part < snapshot.parts ? { snapshot: snapshot.id, part } : undefined
    if (!reading) after = snapshot.upTo
  }

  return {
    get after() {
      return after
    },
    get held() {
      return held
    },
    get unread() {
      return unreadFrom !== undefined
    },
    async pull(keys) {
      for (;;) {
        const reply = await server.pull(room, { after, reading }, signal)
        const { snapshot, parts, entries, head, bytes } = reply
        if (head < after) {
          after = 0
          reading = undefined
          return 'begun-anew'
        }
        held = { snapshot: snapshot ?? NOTHING.snapshot, bytes }
        await readSnapshot(keys, reply)
        for (const entry of entries) await readEntry(keys, entry)
        if (after >= head || parts.length + entries.length === 0) return 'read'
      }
    },
    async take(keys, entry) {
      if (entry.seq <= after) return true
      if (entry.seq !== after + 1) return false
      await readEntry(keys, entry)
      return true
    },
    rewind() {
      if (unreadFrom === undefined) return
      after = Math.min(after, unreadFrom - 1)
      unreadFrom = undefined
      reading = undefined
    },
    passOwn(seq) {
      if (seq <= after) return true
      if (seq !== after + 1) return false
      after = seq
      return true
    },
  }
}
