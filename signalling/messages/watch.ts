import { Watch } from '../../protocol/socket.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: nobody yet. */
export const watch: TechnicianMessage<'watch'> = {
  schema: Watch,
  maxBytes: SMALL,
  handle: () => ({ code: 'unavailable', about: 'watch' }),
}
