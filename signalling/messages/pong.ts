import { Pong } from '../../protocol/socket.ts'
import { type CustomerMessage, SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: anybody who said `hello`. That something came was noted already (`receive.ts`). */
export const pong: TechnicianMessage<'pong'> & CustomerMessage<'pong'> = {
  schema: Pong,
  maxBytes: SMALL,
  handle: () => undefined,
}
