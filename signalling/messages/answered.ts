import { Answered } from '../../protocol/socket.ts'
import { keepFirstAnswer } from '../store/first-answer.ts'
import { noteWait } from '../store/waits.ts'
import { attended, noteAnswer } from '../tickets/attendance.ts'
import { tellHeader } from '../tickets/changed.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the socket that attends the ticket. */
export const answered: TechnicianMessage<'answered'> = {
  schema: Answered,
  maxBytes: SMALL,
  async handle({ live, store }, from, { ticket: id }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'answered' }
    const answeredAt = Date.now()
    const arrivedAt = noteAnswer(live, ticket, answeredAt)
    if (arrivedAt === undefined) return undefined
    const { group } = ticket.header
    const answeredTicket = await store.db.transaction().execute(async (db) => {
      await noteWait({ db }, { group, ticket: id, arrivedAt, answeredAt })
      return await keepFirstAnswer({ db }, id, answeredAt)
    })
    // Once more: those who wait may have been told their place before this wait was one of those that are counted.
    live.changedLines.add(group)
    if (answeredTicket) tellHeader(live, answeredTicket)
    return undefined
  },
}
