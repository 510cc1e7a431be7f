import { Ping } from '../../protocol/socket.ts'
import { tellPong } from '../socket/send.ts'
import { type CustomerMessage, SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: anybody who said `hello`. */
export const ping: TechnicianMessage<'ping'> & CustomerMessage<'ping'> = {
  schema: Ping,
  maxBytes: SMALL,
  handle(_services, from) {
    tellPong(from.connection)
    return undefined
  },
}
