import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { Publish } from '../../protocol/mesh.ts'
import type { MeshMessage } from '../messages/handler.ts'
import { leaveRoom } from '../rooms/present.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import { forward } from '../socket/send.ts'
import { findRoomOwner } from '../store/room-owners.ts'

/** Lets in: who subscribed to the room and is a member of it still. So must be whoever gets it; the others leave it. */
export const publish: MeshMessage<'publish'> = {
  schema: Publish,
  maxBytes: MAX_SOCKET_MESSAGE,
  async handle({ store, live }, from, { topic }, bytes) {
    const { present } = live.mesh
    const owner = from.rooms.has(topic) ? await findRoomOwner(store.db, topic) : undefined
    if (!owner) return { code: 'not-found', about: 'publish' }
    for (const peer of [...(present.get(topic) ?? [])]) {
      if (!mayOpenRoom(peer.technician, owner)) leaveRoom(present, peer, topic)
    }
    if (!from.rooms.has(topic)) return { code: 'not-found', about: 'publish' }
    for (const peer of present.get(topic) ?? []) if (peer !== from) forward(peer.connection, bytes)
    return undefined
  },
}
