import type * as v from 'valibot'
import { WebSocket } from 'ws'
import type { Refusal } from '../../protocol/errors.ts'
import type { MeshToTechnician } from '../../protocol/mesh.ts'
import type { Ping, Pong, Refused, ServerToCustomer, ServerToTechnician } from '../../protocol/socket.ts'
import { textFrame } from './frame.ts'
import { type Connection, type CustomerPeer, GONE, type MeshPeer, type TechnicianPeer } from './peer.ts'

/** Close codes of RFC 6455 that this server gives. A refusal, where there is one, was sent before. */
export const CLOSE = { done: 1000, goingAway: 1001, refused: 1008, tooLarge: 1009, tryAgainLater: 1013 } as const
type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

const TEXT = { binary: false } as const

/**
 * The bytes that came, to another socket, unchanged. As one write to the stream below `ws`, whose own `send` makes two of it
 * and costs a tenth of relaying; without compression `ws` writes at once too, so that nothing gets out of order.
 */
export function forward(to: Connection, bytes: Buffer): void {
  if (to.socket.readyState === WebSocket.OPEN) to.stream.write(textFrame(bytes))
}

export function tellTechnician(to: TechnicianPeer, message: ServerToTechnician): void {
  tell(to.connection, message)
}

export function tellCustomer(to: CustomerPeer, message: ServerToCustomer): void {
  tell(to.connection, message)
}

export function tellMesh(to: MeshPeer, message: MeshToTechnician): void {
  tell(to.connection, message)
}

export function tellRefused(to: Connection, refusal: Refusal): void {
  tell(to, { type: 'refused', refusal })
}

export function tellPing(to: Connection): void {
  tell(to, { type: 'ping' })
}

export function tellPong(to: Connection): void {
  tell(to, { type: 'pong' })
}

/** Ends the socket: from now on it is nobody. What was sent before still goes out. */
export function dismiss(connection: Connection, code: CloseCode): void {
  connection.peer = GONE
  connection.socket.close(code)
}

/** Says why, then ends the socket. */
export function dismissRefused(connection: Connection, refusal: Refusal): void {
  tellRefused(connection, refusal)
  dismiss(connection, CLOSE.refused)
}

type Message =
  | ServerToTechnician
  | MeshToTechnician
  | ServerToCustomer
  | v.InferOutput<typeof Refused>
  | v.InferOutput<typeof Ping>
  | v.InferOutput<typeof Pong>

function tell(to: Connection, message: Message): void {
  if (to.socket.readyState === WebSocket.OPEN) to.socket.send(JSON.stringify(message), TEXT)
}
