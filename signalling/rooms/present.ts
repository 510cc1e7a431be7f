import type { RoomName } from '../../protocol/rooms.ts'

/** Which sockets are in which room, in memory only: a new socket enters anew. */
export type Present<Peer extends InRooms> = Map<RoomName, Set<Peer>>

/** The same from the side of a socket. */
export type InRooms = { readonly rooms: Set<RoomName> }

export function enterRoom<Peer extends InRooms>(present: Present<Peer>, peer: Peer, room: RoomName): void {
  const there = present.get(room) ?? new Set()
  present.set(room, there.add(peer))
  peer.rooms.add(room)
}

export function leaveRoom<Peer extends InRooms>(present: Present<Peer>, peer: Peer, room: RoomName): void {
  peer.rooms.delete(room)
  const there = present.get(room)
  there?.delete(peer)
  if (there?.size === 0) present.delete(room)
}

/** The socket is gone. */
export function leaveAllRooms<Peer extends InRooms>(present: Present<Peer>, peer: Peer): void {
  for (const room of [...peer.rooms]) leaveRoom(present, peer, room)
}
