import { MeshPing } from '../../protocol/mesh.ts'
import { type MeshMessage, SMALL } from '../messages/handler.ts'
import { tellMesh } from '../socket/send.ts'

/** Lets in: any technician. */
export const ping: MeshMessage<'ping'> = {
  schema: MeshPing,
  maxBytes: SMALL,
  handle(_, from) {
    tellMesh(from, { type: 'pong' })
    return undefined
  },
}
