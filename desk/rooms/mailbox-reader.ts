import * as Y from 'yjs'
import { applyFromOutside, type Reach, readContent } from '../../peer/apply-update.ts'
import { fromBase64url } from '../../peer/base64url.ts'
import type { AppendReply, PullFrom, PullReply, RoomName, Sealed, Seq, Stamp } from '../../protocol/rooms.ts'
import type { ServerRooms } from '../server/server-rooms.ts'
import { type Gathered, gather } from './gathered.ts'
import { BEGINNING, isEmpty, missingThere } from './mailbox-plan.ts'
import { GroupSealError, openForRoom, type RoomKeys } from './room-seal.ts'

type Entry = PullReply['entries'][number]

/** The last entry that was read. Without a stamp nothing was. */
export type Place = { after: Seq; stamp: Stamp | undefined }

/** What the mailbox holds, as it was pulled last; in bytes. */
export type Held = { snapshot: { upTo: Seq; bytes: number }; bytes: number }

/** How far a mailbox was read into a document. */
export type MailboxReader = {
  readonly place: Place
  readonly held: Held
  /** Whether an entry waits for a key. What is read later goes on without it. */
  readonly unread: boolean
  /** Reads to the end. @throws RefusedError */
  pull(keys: RoomKeys): Promise<void>
  /** Takes one entry, where it is the next one. @returns false where it is not */
  take(keys: RoomKeys, entry: Entry & Pick<AppendReply, 'before'>): Promise<boolean>
  /** Whether an entry was read: false also where another one has its number now. */
  has(seq: Seq, stamp: Stamp | null): boolean
  /** There are other keys: what did not open is asked for again. */
  rewind(): void
  /** One's own entry got this place. @returns false where others stand in between */
  passOwn(entry: AppendReply): boolean
  /**
   * Once, after all was read from its beginning: what the document had and the mailbox has not, as where the server was put back to
   * an older state. @param unsent what is on its way anyhow
   */
  takeMissing(unsent: readonly Uint8Array[]): Uint8Array | undefined
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
  from: Place
  signal: AbortSignal
}

const NOTHING: Held = { snapshot: { upTo: 0, bytes: 0 }, bytes: 0 }

export function mailboxReader({ room, document, origin, server, onRead, from, signal }: Parts): MailboxReader {
  let place = from
  let held = NOTHING
  /** Before the first entry that waits for a key. */
  let unreadFrom: Place | undefined
  /** Of a snapshot so much was read. */
  let reading: PullFrom['reading']
  /** It is read from its beginning: what the document had before, and what of it was seen. */
  let anew: { then: Y.Snapshot; gathered: Gathered } | undefined

  function begin() {
    const then = Y.snapshot(document)
    anew = isEmpty(then) ? undefined : { then, gathered: gather() }
  }

  async function read(keys: RoomKeys, sealed: Sealed) {
    const opened = await openForRoom(keys, fromBase64url(sealed)).catch((error: unknown) => {
      // Nonsense by a member costs the others nothing: it is passed by.
      return error instanceof GroupSealError ? error.why : ('tampered' as const)
    })
    signal.throwIfAborted()
    if (opened === 'no-key') unreadFrom ??= place
    else if (opened !== 'tampered') {
      const content = applyFromOutside(document, opened, origin)
      if (!content) return
      onRead(content.to)
      anew?.gathered.add(content)
    }
  }

  async function readEntry(keys: RoomKeys, { seq, stamp, sealed }: Entry) {
    await read(keys, sealed)
    place = { after: seq, stamp }
  }

  async function readSnapshot(keys: RoomKeys, { snapshot, parts }: PullReply) {
    if (!snapshot || place.after >= snapshot.upTo) return
    const begun = reading?.snapshot === snapshot.id ? reading.part : 0
    if (begun === 0) begin()
    for (const sealed of parts) await read(keys, sealed)
    const part = begun + parts.length
    reading = part < snapshot.parts ? { snapshot: snapshot.id, part } : undefined
    if (!reading) place = { after: snapshot.upTo, stamp: snapshot.stamp }
  }

  function fromBeginning() {
    place = BEGINNING
    reading = undefined
    unreadFrom = undefined
  }

  const has = (seq: Seq, stamp: Stamp | null) =>
    seq < place.after || (seq === place.after && stamp === (place.stamp ?? null))

  const isNext = ({ seq, before }: Pick<AppendReply, 'seq' | 'before'>) =>
    seq === place.after + 1 && before === (place.stamp ?? null)

  return {
    get place() {
      return place
    },
    get held() {
      return held
    },
    get unread() {
      return unreadFrom !== undefined
    },
    async pull(keys) {
      for (;;) {
        const reply = await server.pull(room, { ...place, reading }, signal)
        const { kind, snapshot, parts, entries, head, bytes } = reply
        if (kind === 'anew') fromBeginning()
        if (reading && reading.snapshot !== snapshot?.id) {
          // Of what was read of it nobody knows whether it is anywhere else.
          fromBeginning()
          continue
        }
        if (place.after === 0 && !snapshot) begin()
        held = { snapshot: snapshot ?? NOTHING.snapshot, bytes }
        await readSnapshot(keys, reply)
        for (const entry of entries) await readEntry(keys, entry)
        if (place.after >= head || parts.length + entries.length === 0) return
      }
    },
    async take(keys, entry) {
      if (entry.seq <= place.after) return has(entry.seq, entry.stamp)
      if (!isNext(entry)) return false
      await readEntry(keys, entry)
      return true
    },
    has,
    rewind() {
      if (unreadFrom === undefined) return
      place = unreadFrom
      unreadFrom = undefined
      reading = undefined
    },
    passOwn(entry) {
      if (entry.seq <= place.after) return has(entry.seq, entry.stamp)
      if (!isNext(entry)) return false
      place = { after: entry.seq, stamp: entry.stamp }
      return true
    },
    takeMissing(unsent) {
      if (!anew || unreadFrom !== undefined) return undefined
      const { then, gathered } = anew
      anew = undefined
      for (const update of unsent) {
        const content = readContent(update)
        if (content) gathered.add(content)
      }
      return missingThere(document, then, gathered.snapshot())
    },
  }
}
