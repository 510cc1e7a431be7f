import { type ReadonlySignal, signal } from '@preact/signals'
import * as v from 'valibot'
import type * as Y from 'yjs'
import { randomId } from '../../peer/random-id.ts'
import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { MediaId } from '../../protocol/media.ts'
import type { PictureFault } from '../../protocol/picture.ts'
import type { Room } from '../rooms/room.ts'
import { roomRead, roomStored } from '../rooms/room-caught-up.ts'
import { type CaseConsents, caseConsents } from './case-consents.ts'
import { CaseEntry, type CaseEvent, type CaseMessage, type CasePicture } from './case-entry.ts'
import { type CaseMedia, caseMedia } from './case-media.ts'
import { type CaseNotes, caseNotes } from './case-notes.ts'
import { type CaseTransfers, caseTransfers } from './case-transfers.ts'

/** The history of one ticket, kept after the session's end, and shared with whoever may open the case. */
export type CaseDocument = {
  readonly history: ReadonlySignal<readonly CaseEntry[]>
  readonly notes: CaseNotes
  readonly consents: CaseConsents
  readonly media: CaseMedia
  readonly transfers: CaseTransfers
  readonly loaded: Promise<void>
  /** This technician's words, not delivered yet. */
  write(text: string): CaseMessage
  /**
   * The customer's words. `left`: before anyone was there. @returns false where they are known: after a cut a message may come
   * twice, and what was left comes over the link as well.
   */
  receive(message: { id: string; text: string; at: number }, how?: 'linked' | 'left'): boolean
  /** Resolves when all that was written here is with the server; rejects when the signal comes first. */
  stored(signal: AbortSignal): Promise<void>
  /** Resolves when all that others have sent to the server is here; rejects when the signal comes first. */
  read(signal: AbortSignal): Promise<void>
  /** This technician's picture, not delivered yet. */
  writePicture(media: MediaId): CasePicture
  /** The customer's picture. @returns false where it is known */
  receivePicture(id: string, media: MediaId, at: number): boolean
  delivered(id: string): void
  /** The customer's browser does not show it. */
  refused(id: string, why: PictureFault): void
  /** `lastedMs`: of a call. `at`: where it happened before now. */
  note(what: CaseEvent['what'], lastedMs?: number, at?: Time): void
  /** The customer came, at this time of the server's; known after a reload, and to the next one who has the ticket. */
  came(at: Time): void
}

export function caseDocument(room: Omit<Room, 'name'>, me: TechnicianId): CaseDocument {
  const { document, loaded } = room
  return {
    ...caseHistory(document, me),
    notes: caseNotes(document, me),
    consents: caseConsents(document),
    media: caseMedia(document),
    transfers: caseTransfers(document, me),
    loaded,
    stored: (signal) => roomStored(room, signal),
    read: (signal) => roomRead(room, signal),
  }
}

/** The history of a case as a document holds it. @param me who writes here */
export function caseHistory(
  document: Y.Doc,
  me: TechnicianId,
): Omit<CaseDocument, 'notes' | 'consents' | 'media' | 'transfers' | 'loaded' | 'stored' | 'read'> {
  const lines = document.getArray<unknown>('history')
  const history = signal(readHistory(lines))
  lines.observe(() => {
    history.value = readHistory(lines)
  })

  /** A line of a Y.Array never changes: another one takes its place. */
  function replace(line: CaseEntry) {
    const index = lines.toArray().findIndex((known) => readLine(known)?.id === line.id)
    if (index < 0) return
    document.transact(() => {
      lines.delete(index)
      lines.insert(index, [line])
    })
  }

  function happened(what: CaseEvent['what'], at: Time, lastedMs?: number) {
    const lasted = lastedMs === undefined ? {} : { lastedMs }
    lines.push([{ kind: 'event', id: randomId(), what, at, by: me, ...lasted } satisfies CaseEvent])
  }

  return {
    history,
    write(text) {
      const message: CaseMessage = {
        kind: 'message',
        id: randomId(),
        from: 'technician',
        by: me,
        text,
        at: Date.now(),
        delivered: false,
      }
      lines.push([message])
      return message
    },
    receive({ id, text, at }, how = 'linked') {
      const known = history.value.find((line) => line.id === id)
      if (known) {
        // Over the link it can only come from who has the code: its words are the ones that count.
        if (how === 'linked' && known.kind === 'message' && known.unchecked) {
          const { unchecked: _left, ...checked } = known
          replace({ ...checked, text, at })
        }
        return false
      }
      const message: CaseMessage = { kind: 'message', id, from: 'customer', text, at, delivered: true }
      lines.push([how === 'left' ? { ...message, unchecked: true } : message])
      return true
    },
    delivered(id) {
      const line = history.value.find((known) => known.id === id)
      if (line?.kind === 'message' && !line.delivered) replace({ ...line, delivered: true })
      if (line?.kind === 'picture' && line.state === 'waiting') replace({ ...line, state: 'delivered' })
    },
    writePicture(media) {
      const line = { kind: 'picture', id: randomId(), from: 'technician', by: me, media, at: Date.now() } as const
      const picture: CasePicture = { ...line, state: 'waiting' }
      lines.push([picture])
      return picture
    },
    receivePicture(id, media, at) {
      if (history.value.some((line) => line.id === id)) return false
      lines.push([{ kind: 'picture', id, from: 'customer', media, at, state: 'delivered' } satisfies CasePicture])
      return true
    },
    refused(id, why) {
      const line = history.value.find((known) => known.id === id)
      if (line?.kind === 'picture' && line.state === 'waiting') replace({ ...line, state: why })
    },
    note: (what, lastedMs, at = Date.now()) => happened(what, at, lastedMs),
    came(at) {
      const isThis = (line: CaseEntry) => line.kind === 'event' && line.what === 'customer-came' && line.at === at
      if (!history.value.some(isThis)) happened('customer-came', at)
    },
  }
}

/** Valid lines in order; of two with one id (marked delivered in two windows) the first. */
function readHistory(lines: Y.Array<unknown>): readonly CaseEntry[] {
  const read = new Map<string, CaseEntry>()
  for (const line of lines) {
    const entry = readLine(line)
    if (entry && !read.has(entry.id)) read.set(entry.id, entry)
  }
  return [...read.values()]
}

/** A document never changes a line in place, so each is decoded once, however long the history grows. */
const decoded = new WeakMap<object, CaseEntry>()

function readLine(line: unknown): CaseEntry | undefined {
  if (typeof line !== 'object' || line === null) return undefined
  const known = decoded.get(line)
  if (known) return known
  const entry = v.safeParse(CaseEntry, line)
  if (entry.success) decoded.set(line, entry.output)
  return entry.success ? entry.output : undefined
}
