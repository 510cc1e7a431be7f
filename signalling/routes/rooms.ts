import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { RefusedError } from '../../protocol/errors.ts'
import { MAX_ROOM_BODY } from '../../protocol/limits.ts'
import {
  type AppendReply,
  AppendRequest,
  type PullReply,
  RoomName,
  Seq,
  SnapshotId,
  SnapshotPart,
  SnapshotRequest,
  Stamp,
} from '../../protocol/rooms.ts'
import { append, pull, snapshot } from '../rooms/mailbox.ts'
import { mayOpenRoom } from '../rooms/rights.ts'
import type { Services } from '../services.ts'
import { findRoomOwner } from '../store/room-owners.ts'
import { readBody } from './body.ts'
import { type Env, requireTechnician } from './request.ts'

const number = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number))
const PullQuery = v.object({
  after: v.pipe(number, Seq),
  stamp: v.optional(Stamp),
  snapshot: v.optional(SnapshotId),
  part: v.optional(v.pipe(number, SnapshotPart), '0'),
})

export function roomRoutes(services: Services): Hono<Env> {
  const { throttles } = services
  return (
    new Hono<Env>()
      // Lets in: a member of the room; here and in the two below.
      .get('/rooms/:room/updates', async (c) => {
        const ask = await requireRoom(services, c)
        const query = v.safeParse(PullQuery, c.req.query())
        if (!query.success) throw new RefusedError({ code: 'malformed', about: 'after' })
        const { after, stamp, snapshot, part } = query.output
        const from = { after, stamp, reading: snapshot && { snapshot, part } }
        return c.json((await pull(services, ask, from)) satisfies PullReply)
      })
      .post('/rooms/:room/updates', async (c) => {
        const ask = await requireRoom(services, c)
        await throttles.roomWritesPerTechnician.take(ask.by.id)
        const body = await readBody(c, AppendRequest, MAX_ROOM_BODY)
        return c.json((await append(services, ask, body, Date.now())) satisfies AppendReply)
      })
      .post('/rooms/:room/snapshot', async (c) => {
        const ask = await requireRoom(services, c)
        await throttles.roomWritesPerTechnician.take(ask.by.id)
        const body = await readBody(c, SnapshotRequest, MAX_ROOM_BODY)
        await snapshot(services, ask, body, Date.now())
        return c.body(null, 204)
      })
  )
}

/** Looked at again when the body is here. @throws RefusedError `not-found`, also where there is such a room and the technician may not open it. */
async function requireRoom(services: Services, c: Context<Env>) {
  const look = async () => {
    const { technician: by } = await requireTechnician(services, c)
    const room = v.safeParse(RoomName, c.req.param('room'))
    const owner = room.success ? await findRoomOwner(services.store.db, room.output) : undefined
    if (!room.success || !owner || !mayOpenRoom(by, owner)) throw new RefusedError({ code: 'not-found', about: 'room' })
    return { room: room.output, by }
  }
  const ask = await look()
  c.set('stillMay', look)
  return ask
}
