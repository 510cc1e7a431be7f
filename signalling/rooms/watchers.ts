import { MAX_PUSHED_UPDATE } from '../../protocol/limits.ts'
import type { AppendReply, RoomName, Sealed } from '../../protocol/rooms.ts'
import type { TechnicianPeer } from '../socket/peer.ts'
import { tellTechnician } from '../socket/send.ts'
import { leaveRoom, type Present } from './present.ts'
import { mayOpenRoom, type RoomOwner } from './rights.ts'

/** Pushes an entry to who watches the room. Whoever may no longer open it gets nothing, and watches no more. */
export function pushToWatchers(
  { watchers }: { readonly watchers: Present<TechnicianPeer> },
  owner: RoomOwner,
  { room, seq, stamp, before, sealed }: AppendReply & { room: RoomName; sealed: Sealed },
): void {
  const pushed = sealed.length <= MAX_PUSHED_UPDATE ? sealed : null
  const message = { type: 'room', room, seq, stamp, before, sealed: pushed } as const
  for (const peer of [...(watchers.get(room) ?? [])]) {
    if (mayOpenRoom(peer.technician, owner)) tellTechnician(peer, message)
    else leaveRoom(watchers, peer, room)
  }
}
