import type { Pong } from '../../protocol/socket.ts'
import type { CustomerPeer, TechnicianPeer } from '../socket/peer.ts'
import { type MessageHandler, SMALL } from './handler.ts'

/** Lets in: anybody who said `hello`. That something came was noted already (`receive.ts`). */
export const pong: MessageHandler<Pong, TechnicianPeer | CustomerPeer> = {
  maxBytes: SMALL,
  handle: () => undefined,
}
