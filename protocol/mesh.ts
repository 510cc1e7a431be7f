import * as v from 'valibot'
import { Token } from './ids.ts'
import { MAX_RELAY_DATA } from './limits.ts'
import { RoomName } from './rooms.ts'
import { Refused, Welcome } from './socket.ts'

/**
 * The socket `/api/mesh`: y-webrtc's own signalling between technicians' browsers, with a `hello` in front. y-webrtc speaks as soon as
 * the socket is open; what comes before the `hello` is held, and read when it is accepted. `data` is encrypted under the room's
 * password, which the server does not have.
 */

export const MeshHello = v.strictObject({ type: v.literal('hello'), version: v.number(), token: Token })
export type MeshHello = v.InferOutput<typeof MeshHello>

const Topics = v.pipe(v.array(RoomName), v.maxLength(500))

export const Subscribe = v.strictObject({ type: v.literal('subscribe'), topics: Topics })
export const Unsubscribe = v.strictObject({ type: v.literal('unsubscribe'), topics: Topics })
export const Publish = v.strictObject({
  type: v.literal('publish'),
  topic: RoomName,
  data: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_RELAY_DATA)),
})
export const MeshPing = v.strictObject({ type: v.literal('ping') })

export const MeshToServer = v.variant('type', [MeshHello, Subscribe, Unsubscribe, Publish, MeshPing])
export type MeshToServer = v.InferOutput<typeof MeshToServer>

/** Answer to `ping`. */
export const MeshPong = v.strictObject({ type: v.literal('pong') })

/** `publish` comes as it was sent, never to whoever sent it. y-webrtc looks at `publish` and `pong` alone. */
export const MeshToTechnician = v.variant('type', [Welcome, Refused, Publish, MeshPong])
export type MeshToTechnician = v.InferOutput<typeof MeshToTechnician>
