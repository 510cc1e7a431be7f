import { Watch } from '../../protocol/socket.ts'
import { enterRoom } from '../rooms/present.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import { tellTechnician } from '../socket/send.ts'
import { readHead } from '../store/mailbox.ts'
import { findRoomOwner } from '../store/room-owners.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: a member of the room. */
export const watch: TechnicianMessage<'watch'> = {
  schema: Watch,
  maxBytes: SMALL,
  async handle({ config, store, live }, from, { room }) {
    const owner = await findRoomOwner(store.db, room)
    if (!owner || !mayOpenRoom(from.technician, owner)) return { code: 'not-found', about: 'watch' }
    // The socket may have closed while the database answered.
    if (from.connection.peer !== from) return undefined
    if (from.rooms.size >= config.limits.roomsPerSocket && !from.rooms.has(room)) {
      return { code: 'too-many', about: 'watch' }
    }
    enterRoom(live.watchers, from, room)
    // Read when it watches: nothing falls between this entry and what is pushed.
    const newest = await readHead(store.db, room)
    if (from.rooms.has(room)) tellTechnician(from, { type: 'room', room, ...newest, before: null, sealed: null })
    return undefined
  },
}
