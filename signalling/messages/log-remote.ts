import { RefusedError } from '../../protocol/errors.ts'
import { LogRemote } from '../../protocol/socket.ts'
import { writeLog } from '../store/log.ts'
import { attended } from '../tickets/attendance.ts'
import { SMALL, type TechnicianMessage } from './handler.ts'

/** Lets in: the socket that attends the ticket. What it says is written down as told by a browser, and once. */
export const logRemote: TechnicianMessage<'log-remote'> = {
  schema: LogRemote,
  maxBytes: SMALL,
  async handle({ store, live, throttles }, from, { ticket: id, event }) {
    const ticket = attended(live, from, id)
    if (!ticket) return { code: 'forbidden', about: 'log-remote' }
    const session = ticket.session?.id ?? ticket.lastSession
    if (!session) return { code: 'nobody-there', about: 'log-remote' }
    const by = from.technician.id
    const { group } = ticket.header
    try {
      await throttles.toldPerTechnician.take(by)
    } catch (error) {
      if (error instanceof RefusedError) return { ...error.refusal, about: 'log-remote' }
      throw error
    }
    const of = { list: 'session', by, from: from.connection.addressKey, group, ticket: ticket.header, session } as const
    await writeLog(store.db, { at: Date.now(), ...of, told: true, event })
    return undefined
  },
}
