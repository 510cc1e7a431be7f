import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { Subscribe } from '../../protocol/mesh.ts'
import type { MeshMessage } from '../messages/handler.ts'
import { enterRoom } from '../rooms/present.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import { findRoomOwners } from '../store/room-owners.ts'

/** Lets in: a member of each of the rooms; into those only where it is not all of them. */
export const subscribe: MeshMessage<'subscribe'> = {
  schema: Subscribe,
  maxBytes: MAX_SOCKET_MESSAGE,
  async handle({ config, store, live }, from, { topics }) {
    const fresh = [...new Set(topics)].filter((topic) => !from.rooms.has(topic))
    if (from.rooms.size + fresh.length > config.limits.roomsPerSocket) return { code: 'too-many', about: 'subscribe' }
    const owners = await findRoomOwners(store.db, fresh)
    // The socket may have closed while the database answered.
    if (from.connection.peer !== from) return undefined
    const mine = fresh.filter((topic) => {
      const owner = owners.get(topic)
      return owner !== undefined && mayOpenRoom(from.technician, owner)
    })
    for (const topic of mine) enterRoom(live.mesh.present, from, topic)
    return mine.length < fresh.length ? { code: 'not-found', about: 'subscribe' } : undefined
  },
}
