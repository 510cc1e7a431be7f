import type { MeshHello, MeshToServer } from '../../protocol/mesh.ts'
import type { Handlers } from '../messages/handler.ts'
import type { MeshPeer } from '../socket/peer.ts'
import { ping } from './ping.ts'
import { publish } from './publish.ts'
import { subscribe } from './subscribe.ts'
import { unsubscribe } from './unsubscribe.ts'

/** What a technician's browser may say on the mesh after its `hello`. */
export const meshMessages: Handlers<Exclude<MeshToServer, MeshHello>, MeshPeer> = {
  ping,
  publish,
  subscribe,
  unsubscribe,
}
