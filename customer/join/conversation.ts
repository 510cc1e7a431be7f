import { type ReadonlySignal, signal } from '@preact/signals'
import { randomId } from '../../peer/random-id.ts'
import type { Lookup, Time } from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import type { Chat } from '../../protocol/link.ts'
import type { PictureId } from '../../protocol/picture.ts'
import { threadMemory } from './memory.ts'
import {
  notHeld,
  outbox,
  type PictureState,
  type Thread,
  type ThreadEvent,
  threadOf,
  withDelivered,
  withEvent,
  withHeld,
  withMine,
  withPicture,
  withPictureState,
  withTheirs,
} from './thread.ts'

/** The thread of this page, which survives a reload. Before a code is known there is none, and nothing is kept. */
export type Conversation = {
  thread: ReadonlySignal<Thread | undefined>
  open(lookup: Lookup): void
  write(text: string): void
  heard(chat: Chat): void
  delivered(id: Chat['id']): void
  /** The server keeps it, sealed with this key. */
  held(id: Chat['id'], key: PublicKey): void
  /** What neither a technician nor, with this key, the server has. */
  notHeld(key: PublicKey): Chat[]
  pictured(id: PictureId, mine: boolean, at: Time): void
  /** How it stands with one of mine. */
  pictureState(id: PictureId, state: PictureState): void
  note(what: ThreadEvent, technician: string): void
  /** Hands out what was not delivered yet; what `send` cannot take now stays. */
  sendWaiting(send: (chat: Chat) => boolean): void
  /** It stays on the page, but a reload does not find it any more. */
  forget(): void
}

export function startConversation(): Conversation {
  const thread = signal<Thread | undefined>(undefined)
  let kept = true

  function change(changed: (thread: Thread) => Thread) {
    if (!thread.value) return
    thread.value = changed(thread.value)
    if (kept) threadMemory.write(thread.value)
  }

  return {
    thread,
    open(lookup) {
      thread.value = threadOf(lookup, thread.value ?? threadMemory.read())
      kept = true
    },
    write: (text) => change((now) => withMine(now, { type: 'chat', id: randomId(), text, at: Date.now() })),
    heard: (chat) => change((now) => withTheirs(now, chat)),
    delivered: (id) => change((now) => withDelivered(now, id)),
    held: (id, key) => change((now) => withHeld(now, id, key)),
    notHeld: (key) => (thread.value ? notHeld(thread.value, key) : []),
    pictured: (id, mine, at) => change((now) => withPicture(now, id, mine, at)),
    pictureState: (id, state) => change((now) => withPictureState(now, id, state)),
    note: (what, technician) => change((now) => withEvent(now, what, technician, Date.now())),
    sendWaiting(send) {
      if (thread.value) outbox(thread.value).every(send)
    },
    forget() {
      kept = false
      threadMemory.write(undefined)
    },
  }
}
