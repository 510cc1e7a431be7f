import { leaveAllRooms, type Present } from '../rooms/present.ts'
import type { MeshPeer } from '../socket/peer.ts'

/** The browsers of technicians that find each other through this server, and the rooms that they are in. */
export type Mesh = { readonly peers: Set<MeshPeer>; readonly present: Present<MeshPeer> }

export function makeMesh(): Mesh {
  return { peers: new Set(), present: new Map() }
}

/** The socket is gone. */
export function leaveMesh({ peers, present }: Mesh, peer: MeshPeer): void {
  leaveAllRooms(present, peer)
  peers.delete(peer)
}
