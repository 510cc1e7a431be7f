import * as v from 'valibot'
import {
  AppendReply,
  type AppendRequest,
  type PullFrom,
  PullReply,
  type RoomName,
  type SnapshotRequest,
} from '../../protocol/rooms.ts'
import type { ServerClient } from './server.ts'

/** The routes of rooms' mailboxes. They refuse as all of `ServerClient` do. */
export function serverRooms(server: Pick<ServerClient, 'call'>) {
  const path = (room: RoomName, rest: string) => `/api/rooms/${encodeURIComponent(room)}/${rest}`
  return {
    append: (room: RoomName, body: AppendRequest, signal?: AbortSignal) =>
      server.call(path(room, 'updates'), { method: 'POST', body, reply: AppendReply, signal }),
    pull: (room: RoomName, { after, stamp, reading }: PullFrom, signal?: AbortSignal) => {
      const query = new URLSearchParams({ after: String(after) })
      if (stamp !== undefined) query.set('stamp', stamp)
      if (reading) for (const [key, value] of Object.entries(reading)) query.set(key, String(value))
      return server.call(path(room, `updates?${query}`), { reply: PullReply, signal })
    },
    /** One part. */
    snapshot: (room: RoomName, body: SnapshotRequest, signal?: AbortSignal) =>
      server.call(path(room, 'snapshot'), { method: 'POST', body, reply: v.unknown(), signal }),
  }
}
export type ServerRooms = ReturnType<typeof serverRooms>
