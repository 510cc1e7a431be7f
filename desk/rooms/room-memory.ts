import { Dexie, type EntityTable } from 'dexie'
import type { RoomName, Seq } from '../../protocol/rooms.ts'

/** What this browser knows of a room's mailbox. It is written only when everything was read and everything sent. */
export type RoomRecord = {
  room: RoomName
  /** Everything up to here was read. */
  after: Seq
  /** The newest snapshot that was met. */
  snapshotAt: Seq
  /** All that the mailbox is known to have: a Yjs snapshot (state vector and deletions). */
  known: Uint8Array
}

export type RoomMemory = {
  read(room: RoomName): Promise<RoomRecord | undefined>
  write(record: RoomRecord): Promise<void>
}

/** Kept in IndexedDB, in a database that is made when the first room opens. */
export function openRoomMemory(until: AbortSignal): RoomMemory {
  const database = new Dexie('deskside-rooms') as Dexie & { rooms: EntityTable<RoomRecord, 'room'> }
  database.version(1).stores({ rooms: 'room' })
  until.addEventListener('abort', () => database.close(), { once: true })
  return {
    read: (room) => database.rooms.get(room),
    async write(record) {
      await database.rooms.put(record)
    },
  }
}
