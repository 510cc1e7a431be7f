import { effect, type ReadonlySignal } from '@preact/signals'
import * as Y from 'yjs'
import type { RoomName } from '../../protocol/rooms.ts'
import { disk } from '../storage/disk.ts'
import { type MailboxParts, openMailbox } from './mailbox.ts'
import type { Mesh } from './mesh.ts'
import { openRoomDisk } from './room-disk.ts'
import type { RoomState } from './room-state.ts'
import type { Pending } from './unsent.ts'

/** A shared document: on this browser's disk, and the same for everybody by the server's mailbox and, sooner, by the mesh. */
export type Room = {
  readonly name: RoomName
  readonly document: Y.Doc
  /** Once what this browser keeps is read. */
  readonly loaded: Promise<void>
  readonly state: ReadonlySignal<RoomState>
  /** What of this browser's changes is not in the mailbox yet. */
  readonly pending: ReadonlySignal<Pending>
  /** Something was deleted for good: soon nothing of it is left on this disk, nor in the mailbox. */
  tidy(): void
}

export type RoomParts = Omit<MailboxParts, 'document' | 'loaded' | 'compact' | 'fromPeer'> & { mesh: Mesh }

/** Open until the signal. */
export function openRoom(parts: RoomParts): Room {
  const { room: name, keys, mesh, signal: until } = parts
  const document = new Y.Doc()
  const kept = openRoomDisk(name, document, disk, until)
  const { loaded } = kept
  const mailbox = openMailbox({ ...parts, document, loaded, fromPeer: mesh.brought })
  const { state, pending } = mailbox
  void loaded.then(() => mesh.join(name, document, keys, until))
  // What others deleted while this browser was closed is here now, and would still be on the disk.
  const stop = effect(() => {
    if (state.value.kind !== 'synced') return
    kept.tidy()
    queueMicrotask(() => stop())
  })
  until.addEventListener('abort', stop, { once: true })
  return {
    name,
    document,
    loaded,
    state,
    pending,
    tidy() {
      kept.tidy()
      mailbox.tidy()
    },
  }
}
