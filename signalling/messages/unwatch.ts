import { Unwatch } from '../../protocol/socket.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: nobody yet. */
export const unwatch: TechnicianMessage<'unwatch'> = {
  schema: Unwatch,
  maxBytes: SMALL,
  handle: () => ({ code: 'unavailable', about: 'unwatch' }),
}
