import type { Refusal } from '../../protocol/errors.ts'
import type { SignInId, TechnicianId } from '../../protocol/ids.ts'
import type { Unattended } from '../../protocol/socket.ts'
import { leaveMesh } from '../mesh/mesh.ts'
import { leaveAllRooms } from '../rooms/present.ts'
import { loseTechnician } from '../tickets/attendance.ts'
import type { Live } from '../tickets/live.ts'
import { loseCustomer } from '../tickets/seating.ts'
import { type Connection, GONE, type MeshPeer, type TechnicianPeer } from './peer.ts'
import { dismissRefused } from './send.ts'

/** The socket is nobody any more: what hung on it is let go, and the others are told. `why`: what its customers are told. */
export function detach(live: Live, connection: Connection, why: Unattended['why'] = 'socket'): void {
  const { peer } = connection
  connection.peer = GONE
  if (peer.kind === 'technician') {
    leaveAllRooms(live.watchers, peer)
    loseTechnician(live, peer, why, Date.now())
  }
  if (peer.kind === 'mesh') leaveMesh(live.mesh, peer)
  if (peer.kind === 'customer') loseCustomer(live, peer, Date.now())
}

/** Lets go of all that hung on the socket, says why, and closes it. */
export function expel(live: Live, connection: Connection, refusal: Refusal): void {
  // Whose sign-in is over may not go on over a link either.
  detach(live, connection, refusal.code === 'unauthenticated' ? 'released' : 'socket')
  dismissRefused(connection, refusal)
}

/** Ends the sockets of one sign-in. */
export function expelSession(live: Live, session: SignInId): void {
  expelWhere(live, (peer) => peer.session === session)
}

/** Ends the sockets of a technician's sign-ins but one. */
export function expelOthers(live: Live, id: TechnicianId, session: SignInId): void {
  expelWhere(live, (peer) => peer.technician.id === id && peer.session !== session)
}

/** Ends every socket of a technician who may not be here any more. */
export function expelTechnician(live: Live, id: TechnicianId): void {
  expelWhere(live, (peer) => peer.technician.id === id)
}

/** Of all that sign-ins hold open, on both kinds of socket. */
function expelWhere(live: Live, isMeant: (peer: TechnicianPeer | MeshPeer) => boolean): void {
  live.rightsChanged += 1
  for (const peer of [...live.technicians, ...live.mesh.peers]) {
    if (isMeant(peer)) expel(live, peer.connection, { code: 'unauthenticated' })
  }
}
