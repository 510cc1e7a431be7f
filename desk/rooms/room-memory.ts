import { Dexie, type EntityTable } from 'dexie'
import type { RoomName, Seq, Stamp } from '../../protocol/rooms.ts'
import { disk } from '../storage/disk.ts'

/** What this browser knows of a room's mailbox. It is written only when everything was read and everything sent. */
export type RoomRecord = {
  room: RoomName
  /** Everything up to here was read. */
  after: Seq
  /** Of the entry `after`; records of before have none. */
  stamp?: Stamp | undefined
  /** All that the mailbox is known to have: a Yjs snapshot (state vector and deletions). */
  known: Uint8Array
}

export type RoomMemory = {
  read(room: RoomName): Promise<RoomRecord | undefined>
  /** Everything is sent too. */
  write(record: RoomRecord): Promise<void>
  /** Something is written here that the mailbox does not have yet. Never rejects. */
  markUnsent(room: RoomName): Promise<void>
  /** The mailbox has it all. Never rejects. */
  markSent(room: RoomName): Promise<void>
  /** The rooms that have something unsent. */
  unsent(): Promise<RoomName[]>
  /** The room is not kept here any more. */
  forget(room: RoomName): Promise<void>
}

/** Kept in IndexedDB, in a database that is made when the first room opens. */
export function openRoomMemory(until: AbortSignal): RoomMemory {
  const database = new Dexie('deskside-rooms') as Dexie & {
    rooms: EntityTable<RoomRecord, 'room'>
    unsent: EntityTable<{ room: RoomName }, 'room'>
  }
  database.version(1).stores({ rooms: 'room', unsent: 'room' })
  until.addEventListener('abort', () => database.close(), { once: true })
  return {
    read: (room) => database.rooms.get(room),
    write: (record) =>
      database.transaction('rw', database.rooms, database.unsent, async () => {
        await database.rooms.put(record)
        await database.unsent.delete(record.room)
      }),
    async markUnsent(room) {
      await disk.keep(`unsent ${room}`, 'documents', () => database.unsent.put({ room })).catch(() => {})
    },
    async markSent(room) {
      disk.forget(`unsent ${room}`)
      await database.unsent.delete(room).catch(() => {})
    },
    async forget(room) {
      disk.forget(`unsent ${room}`)
      await database.transaction('rw', database.rooms, database.unsent, async () => {
        await database.rooms.delete(room)
        await database.unsent.delete(room)
      })
    },
    unsent: async () => (await database.unsent.toArray()).map(({ room }) => room),
  }
}
