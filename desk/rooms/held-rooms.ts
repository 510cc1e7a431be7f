import { Dexie, type Table } from 'dexie'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import type { RoomName } from '../../protocol/rooms.ts'
import { disk } from '../storage/disk.ts'

/** A room that a technician has opened in this browser, and the group that it belonged to then. Several may use one browser. */
export type HeldRoom = { technician: TechnicianId; room: RoomName; group: GroupId }

/** The rooms that one technician has here. */
export type HeldRooms = {
  /** Never rejects. */
  hold(room: RoomName, group: GroupId): Promise<void>
  all(): Promise<HeldRoom[]>
  /** Whether somebody else has it here, too. */
  isShared(room: RoomName): Promise<boolean>
  release(room: RoomName): Promise<void>
}

export function openHeldRooms(technician: TechnicianId, until: AbortSignal): HeldRooms {
  const database = new Dexie('deskside-held') as Dexie & { held: Table<HeldRoom, [TechnicianId, RoomName]> }
  database.version(1).stores({ held: '[technician+room], technician, room' })
  until.addEventListener('abort', () => database.close(), { once: true })
  return {
    async hold(room, group) {
      await disk.keep(`held ${room}`, 'documents', () => database.held.put({ technician, room, group })).catch(() => {})
    },
    all: () => database.held.where('technician').equals(technician).toArray(),
    async isShared(room) {
      const all = await database.held.where('room').equals(room).toArray()
      return all.some((held) => held.technician !== technician)
    },
    async release(room) {
      disk.forget(`held ${room}`)
      await database.held.delete([technician, room])
    },
  }
}
