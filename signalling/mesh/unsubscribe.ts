import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { Unsubscribe } from '../../protocol/mesh.ts'
import type { MeshMessage } from '../messages/handler.ts'
import { leaveRoom } from '../rooms/present.ts'

/** Lets in: any technician, out of what this socket subscribed to. */
export const unsubscribe: MeshMessage<'unsubscribe'> = {
  schema: Unsubscribe,
  maxBytes: MAX_SOCKET_MESSAGE,
  handle({ live }, from, { topics }) {
    for (const topic of topics) leaveRoom(live.mesh.present, from, topic)
    return undefined
  },
}
