import { Answered } from '../../protocol/socket.ts'
import { attended, noteAnswer } from '../tickets/attendance.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the socket that attends the ticket. */
export const answered: TechnicianMessage<'answered'> = {
  schema: Answered,
  maxBytes: SMALL,
  handle({ live }, from, { ticket: id }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'answered' }
    noteAnswer(live, ticket, Date.now())
    return undefined
  },
}
