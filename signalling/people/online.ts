import type { TechnicianId, Time } from '../../protocol/ids.ts'
import type { Technician } from '../auth/technician.ts'
import type { Services } from '../services.ts'
import type { TechnicianPeer } from '../socket/peer.ts'
import { noteSeen } from '../store/members.ts'
import type { Live } from '../tickets/live.ts'
import { broadcastPeople, LATER_MS } from './broadcast.ts'

/** Who is at a desk now. A background that only listens makes nobody online. */
export function onlineTechnicians({ technicians }: Pick<Live, 'technicians'>): Set<TechnicianId> {
  return new Set([...technicians].filter(({ pager }) => !pager).map(({ technician }) => technician.id))
}

/** A socket of a technician opened. @returns whether it is that one's first at a desk, which is news. */
export function cameOnline(live: Live, peer: TechnicianPeer): boolean {
  live.technicians.add(peer)
  const isFirst = !peer.pager && countOf(live, peer.technician.id) === 1
  if (isFirst) broadcastPeople({ live }, LATER_MS)
  return isFirst
}

/** A socket of a technician closed: the last one of somebody at a desk is news. */
export function wentOffline(live: Live, peer: TechnicianPeer): void {
  if (!live.technicians.delete(peer)) return
  if (!peer.pager && countOf(live, peer.technician.id) === 0) broadcastPeople({ live }, LATER_MS)
}

/** The sockets of this technician go by the new name and rights from here on. */
export function renewTechnician(live: Live, technician: Technician): void {
  live.rightsChanged += 1
  for (const peer of [...live.technicians, ...live.mesh.peers])
    if (peer.technician.id === technician.id) peer.technician = technician
}

/** Writes down who is here, so that it is known when they were here last, whatever ends their sockets. */
export async function noteOnline({ store, live }: Pick<Services, 'store' | 'live'>, now: Time): Promise<void> {
  await noteSeen(store, [...onlineTechnicians(live)], now)
}

function countOf({ technicians }: Pick<Live, 'technicians'>, id: TechnicianId): number {
  let count = 0
  for (const { technician, pager } of technicians) if (!pager && technician.id === id) count += 1
  return count
}
