import type { RoomName } from '../../protocol/rooms.ts'
import type { Wire } from '../server/wire.ts'

/** Which rooms' new entries are pushed to this desk: the server lets one socket watch so many, and hears so many messages at once. */
export type Watching = {
  /** For the mailbox of a room, which says when it wants to watch. */
  readonly wire: Pick<Wire, 'connection' | 'send' | 'onMessage'>
  /**
   * Somebody looks at the room, or writes in it. Of all for which that was said, the last ones are watched; the others are read
   * when the socket comes back, and when somebody looks at them again.
   */
  touch(room: RoomName): void
}

/** So many of a desk that has been open for weeks, beside the queues. */
const MOST_TOUCHED = 100

export function openWatching(wire: Wire, most = MOST_TOUCHED): Watching {
  const touched = new Set<RoomName>()
  const resting = new Set<RoomName>()

  function rest(room: RoomName) {
    touched.delete(room)
    resting.add(room)
    wire.send({ type: 'unwatch', room })
  }

  return {
    wire: {
      connection: wire.connection,
      onMessage: wire.onMessage,
      send: (message) => (message.type === 'watch' && resting.has(message.room) ? true : wire.send(message)),
    },
    touch(room) {
      touched.delete(room)
      touched.add(room)
      if (resting.delete(room)) wire.send({ type: 'watch', room })
      const [longest] = touched
      if (longest !== undefined && touched.size > most) rest(longest)
    },
  }
}
