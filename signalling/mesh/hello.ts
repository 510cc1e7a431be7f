import { PROTOCOL_VERSION } from '../../protocol/limits.ts'
import type { MeshHello } from '../../protocol/mesh.ts'
import type { Outcome } from '../messages/handler.ts'
import { lookUpRights } from '../people/letting-in.ts'
import type { Services } from '../services.ts'
import { admit } from '../socket/hub.ts'
import type { Connection, MeshPeer } from '../socket/peer.ts'
import { tellMesh } from '../socket/send.ts'

/** Lets in: a signed-in technician. */
export async function meshHello(
  { auth, live, hub }: Pick<Services, 'auth' | 'live' | 'hub'>,
  connection: Connection,
  { version, token }: MeshHello,
): Promise<Outcome> {
  if (version !== PROTOCOL_VERSION) return { code: 'version', about: 'hello' }
  const signedIn = await lookUpRights(live, () => auth.recognise(token))
  if (!signedIn) return { code: 'unauthenticated', about: 'hello' }
  if (connection.peer.kind !== 'mesh-stranger') return undefined
  const peer: MeshPeer = { kind: 'mesh', connection, token, rooms: new Set(), ...signedIn }
  admit(hub, peer)
  live.mesh.peers.add(peer)
  tellMesh(peer, { type: 'welcome', now: Date.now() })
  return undefined
}
