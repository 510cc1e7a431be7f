import * as v from 'valibot'
import { Lookup, Time } from '../../protocol/ids.ts'
import { PublicKey } from '../../protocol/keys.ts'
import { Chat } from '../../protocol/link.ts'
import { PictureFault, PictureId } from '../../protocol/picture.ts'

/** One line of the chat as it is kept: somebody's words or picture, or something that happened here. */
const ThreadEntry = v.variant('kind', [
  v.strictObject({
    kind: v.literal('message'),
    mine: v.boolean(),
    delivered: v.boolean(),
    /** Of mine: the server keeps it for the group, sealed with this key of it. */
    heldFor: v.optional(PublicKey),
    chat: Chat,
  }),
  /** Its bytes are in the page's memory. */
  v.strictObject({
    kind: v.literal('picture'),
    id: PictureId,
    mine: v.boolean(),
    at: Time,
    state: v.union([v.picklist(['waiting', 'delivered']), PictureFault]),
  }),
  v.strictObject({
    kind: v.literal('event'),
    what: v.picklist(['joined', 'shared', 'stopped', 'cut', 'back']),
    technician: v.string(),
    at: Time,
  }),
])
export type ThreadEntry = v.InferOutput<typeof ThreadEntry>
export type PictureState = Extract<ThreadEntry, { kind: 'picture' }>['state']
export type ThreadEvent = Extract<ThreadEntry, { kind: 'event' }>['what']

/** The chat of one request; the undelivered ones of mine are its outbox. */
export const Thread = v.strictObject({ lookup: Lookup, entries: v.array(ThreadEntry) })
export type Thread = v.InferOutput<typeof Thread>

/** The thread of a request, or a fresh one where the kept one belongs to another. */
export function threadOf(lookup: Lookup, kept: Thread | undefined): Thread {
  return kept?.lookup === lookup ? kept : { lookup, entries: [] }
}

export function withMine(thread: Thread, chat: Chat): Thread {
  return withEntry(thread, { kind: 'message', mine: true, delivered: false, chat })
}

/** A message may come twice after a cut: it is shown once. */
export function withTheirs(thread: Thread, chat: Chat): Thread {
  const known = thread.entries.some((entry) => entry.kind === 'message' && entry.chat.id === chat.id)
  return known ? thread : withEntry(thread, { kind: 'message', mine: false, delivered: true, chat })
}

export function withEvent(thread: Thread, what: ThreadEvent, technician: string, at: Time): Thread {
  return withEntry(thread, { kind: 'event', what, technician, at })
}

/** Mine waits until the other side has it. */
export function withPicture(thread: Thread, id: PictureId, mine: boolean, at: Time): Thread {
  const known = thread.entries.some((entry) => entry.kind === 'picture' && entry.id === id)
  return known ? thread : withEntry(thread, { kind: 'picture', id, mine, at, state: mine ? 'waiting' : 'delivered' })
}

export function withPictureState(thread: Thread, id: PictureId, state: PictureState): Thread {
  const entries = thread.entries.map((entry) =>
    entry.kind === 'picture' && entry.id === id && entry.state === 'waiting' ? { ...entry, state } : entry,
  )
  return { ...thread, entries }
}

export function withDelivered(thread: Thread, id: string): Thread {
  return withChanged(thread, id, { delivered: true })
}

export function withHeld(thread: Thread, id: string, heldFor: PublicKey): Thread {
  return withChanged(thread, id, { heldFor })
}

function withChanged(thread: Thread, id: string, change: { delivered: true } | { heldFor: PublicKey }): Thread {
  const entries = thread.entries.map((entry) =>
    entry.kind === 'message' && entry.mine && entry.chat.id === id ? { ...entry, ...change } : entry,
  )
  return { ...thread, entries }
}

/** What nobody has yet, not even the server for this key of the group. */
export function notHeld(thread: Thread, key: PublicKey): Chat[] {
  return thread.entries.flatMap((entry) =>
    entry.kind === 'message' && entry.mine && !entry.delivered && entry.heldFor !== key ? [entry.chat] : [],
  )
}

/** What is still to be sent, in the order in which it was written. */
export function outbox(thread: Thread): Chat[] {
  return thread.entries.flatMap((entry) =>
    entry.kind === 'message' && entry.mine && !entry.delivered ? [entry.chat] : [],
  )
}

/** The technician whose arrival the thread noted last. */
export function metBefore(thread: Thread | undefined): string | undefined {
  const joined = thread?.entries.findLast((entry) => entry.kind === 'event' && entry.what === 'joined')
  return joined?.kind === 'event' ? joined.technician : undefined
}

function withEntry(thread: Thread, entry: ThreadEntry): Thread {
  return { ...thread, entries: [...thread.entries, entry] }
}
