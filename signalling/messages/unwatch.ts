import { Unwatch } from '../../protocol/socket.ts'
import { leaveRoom } from '../rooms/present.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: any technician, out of what this socket watches. */
export const unwatch: TechnicianMessage<'unwatch'> = {
  schema: Unwatch,
  maxBytes: SMALL,
  handle({ live }, from, { room }) {
    leaveRoom(live.watchers, from, room)
    return undefined
  },
}
