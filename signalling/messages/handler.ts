import type * as v from 'valibot'
import type { Refusal } from '../../protocol/errors.ts'
import type { MeshHello, MeshToServer } from '../../protocol/mesh.ts'
import type { CustomerToServer, TechnicianToServer } from '../../protocol/socket.ts'
import type { Services } from '../services.ts'
import type { CustomerPeer, MeshPeer, TechnicianPeer } from '../socket/peer.ts'

/** What a handler needs; nothing of HTTP, and no other socket than through `live`. */
type MessageServices = Pick<Services, 'config' | 'store' | 'live' | 'throttles'>

/** Undefined: done. A refusal goes back to the sender. */
export type Outcome = Refusal | undefined

/** Who has said a valid `hello`. */
export type Somebody = TechnicianPeer | CustomerPeer | MeshPeer

/** One message type: its form and size, whom it is allowed to, and what it does. */
type MessageHandler<Message, Peer extends Somebody> = {
  schema: v.GenericSchema<unknown, Message>
  /** Bytes as they came off the wire. */
  maxBytes: number
  /** `bytes` is the message as it came. A handler that waits for the database holds up its own socket only. */
  handle(services: MessageServices, from: Peer, message: Message, bytes: Buffer): Outcome | Promise<Outcome>
}

/** A handler for each type of a union: one that is missing does not compile. */
export type Handlers<Message extends { type: string }, Peer extends Somebody> = {
  [Type in Message['type']]: MessageHandler<Extract<Message, { type: Type }>, Peer>
}

export type TechnicianMessage<Type extends TechnicianToServer['type']> = Handlers<
  TechnicianToServer,
  TechnicianPeer
>[Type]
export type CustomerMessage<Type extends CustomerToServer['type']> = Handlers<CustomerToServer, CustomerPeer>[Type]

export type MeshMessage<Type extends Exclude<MeshToServer, MeshHello>['type']> = Handlers<
  Exclude<MeshToServer, MeshHello>,
  MeshPeer
>[Type]

/** Enough for any message without `data`. */
export const SMALL = 512
