import { MAX_PUSHED_UPDATE } from '../../protocol/limits.ts'
import type { RoomName, Sealed, Seq } from '../../protocol/rooms.ts'
import type { TechnicianPeer } from '../socket/peer.ts'
import { tellTechnician } from '../socket/send.ts'
import { mayOpenRoom, type RoomOwner } from './rights.ts'

/** The sockets that have a room's new entries pushed to them. In memory only: a new socket watches anew. */
export type Watchers = Map<RoomName, Set<TechnicianPeer>>

type Watched = { readonly watchers: Watchers }

export function watchRoom({ watchers }: Watched, peer: TechnicianPeer, room: RoomName): void {
  const watching = watchers.get(room) ?? new Set()
  watchers.set(room, watching.add(peer))
  peer.watches.add(room)
}

export function unwatchRoom({ watchers }: Watched, peer: TechnicianPeer, room: RoomName): void {
  peer.watches.delete(room)
  const watching = watchers.get(room)
  watching?.delete(peer)
  if (watching?.size === 0) watchers.delete(room)
}

/** The socket is gone. */
export function unwatchAll(live: Watched, peer: TechnicianPeer): void {
  for (const room of [...peer.watches]) unwatchRoom(live, peer, room)
}

/** Whoever watches and may no longer open the room gets nothing, and watches no more. */
export function pushToWatchers(
  live: Watched,
  owner: RoomOwner,
  { room, seq, sealed }: { room: RoomName; seq: Seq; sealed: Sealed },
): void {
  const pushed = sealed.length <= MAX_PUSHED_UPDATE ? sealed : null
  for (const peer of [...(live.watchers.get(room) ?? [])]) {
    if (mayOpenRoom(peer.technician, owner)) tellTechnician(peer, { type: 'room', room, seq, sealed: pushed })
    else unwatchRoom(live, peer, room)
  }
}
