import { MAX_SOCKET_MESSAGE } from '../../protocol/limits.ts'
import { Hold } from '../../protocol/socket.ts'
import type { CustomerMessage } from './handler.ts'

/** Lets in: nobody yet. */
export const hold: CustomerMessage<'hold'> = {
  schema: Hold,
  maxBytes: MAX_SOCKET_MESSAGE,
  handle: () => ({ code: 'unavailable', about: 'hold' }),
}
