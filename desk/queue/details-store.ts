import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import type * as Y from 'yjs'
import type { Details } from '../../protocol/details.ts'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { type DetailsMap, openDetailsMap } from './details-map.ts'
import type { EntryList } from './entry-list.ts'

/** The room of a group's queue, as far as the details need it. */
export type QueueRoom = {
  readonly document: Y.Doc
  /** Once what this browser keeps is read. */
  readonly loaded: Promise<void>
  /** `synced`: everything that the mailbox has is here. */
  readonly state: ReadonlySignal<{ kind: string }>
}
export type QueueRooms = ReadonlySignal<ReadonlyMap<GroupId, QueueRoom>>

/** The details of all open tickets, each in the document of its group's queue. */
export type DetailsStore = {
  of(header: Pick<TicketHeader, 'id' | 'group'>): Details | undefined
  /** @returns false where the group's queue is not open here */
  write(group: GroupId, id: TicketId, details: Details): boolean
  remove(group: GroupId, id: TicketId): void
  ids(group: GroupId): TicketId[]
  /** Whether all of the group's details are here, so that one that is missing is nowhere else. Followed as a signal. */
  synced(group: GroupId): boolean
}

/** @param list is told whose details are others now */
export function openDetailsStore(
  rooms: QueueRooms,
  list: Pick<EntryList, 'renew' | 'inBulk' | 'bulkOver'>,
  until: AbortSignal,
): DetailsStore {
  const maps = new Map<GroupId, { room: QueueRoom; map: DetailsMap }>()
  const isSyncing = ({ state }: QueueRoom) => state.value.kind === 'syncing'

  const stop = effect(() => {
    const open = rooms.value
    untracked(() => follow(open))
  })
  const stopBulk = effect(() => {
    if (![...rooms.value.values()].some(isSyncing)) untracked(() => list.bulkOver())
  })
  until.addEventListener(
    'abort',
    () => {
      stop()
      stopBulk()
    },
    { once: true },
  )

  function follow(open: ReadonlyMap<GroupId, QueueRoom>) {
    for (const [group, { room, map }] of maps) {
      if (open.get(group) === room) continue
      maps.delete(group)
      list.renew(map.ids())
    }
    for (const [group, room] of open) {
      if (maps.has(group)) continue
      const map = openDetailsMap(room.document, (ids) => changed(room, ids))
      maps.set(group, { room, map })
      list.renew(map.ids())
    }
  }

  /** A mailbox that is read from its beginning brings thousands, a part at a time. */
  function changed(room: QueueRoom, ids: TicketId[]) {
    if (untracked(() => isSyncing(room))) list.inBulk(() => list.renew(ids))
    else list.renew(ids)
  }

  return {
    of: ({ id, group }) => maps.get(group)?.map.get(id),
    write(group, id, details) {
      const map = maps.get(group)?.map
      map?.write(id, details)
      return map !== undefined
    },
    remove: (group, id) => maps.get(group)?.map.remove(id),
    ids: (group) => maps.get(group)?.map.ids() ?? [],
    synced: (group) => rooms.value.get(group)?.state.value.kind === 'synced',
  }
}
