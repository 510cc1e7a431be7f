import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import type { GroupId } from '../../protocol/ids.ts'
import { queueRoom } from '../../protocol/rooms.ts'
import type { QueueRoom, QueueRooms } from './details-store.ts'

/** The queue of each group as this browser alone keeps it. */
export function openLocalRooms(groups: ReadonlySignal<readonly GroupId[]>, until: AbortSignal): QueueRooms {
  const rooms = signal<ReadonlyMap<GroupId, QueueRoom>>(new Map())
  const stop = effect(() => {
    const before = rooms.peek()
    const next = new Map(groups.value.map((group) => [group, before.get(group) ?? openLocalRoom(group, until)]))
    if (next.size !== before.size || [...next.keys()].some((id) => !before.has(id))) rooms.value = next
  })
  until.addEventListener('abort', stop, { once: true })
  return rooms
}

function openLocalRoom(group: GroupId, until: AbortSignal): QueueRoom {
  const document = new Y.Doc()
  const kept = new IndexeddbPersistence(queueRoom(group), document)
  until.addEventListener('abort', () => kept.destroy().then(() => document.destroy()), { once: true })
  const state = signal({ kind: 'loading' })
  const loaded = kept.whenSynced.then(() => {
    state.value = { kind: 'synced' }
  })
  return { document, loaded, state }
}
