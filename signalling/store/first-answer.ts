import type { TicketId, Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Store } from './store.ts'
import { toTickets } from './ticket-rows.ts'

/** Somebody turned to the ticket's customer. @returns the ticket where that was the first answer since it was opened */
export async function keepFirstAnswer(
  { db }: Pick<Store, 'db'>,
  id: TicketId,
  at: Time,
): Promise<TicketHeader | undefined> {
  const row = await db
    .updateTable('tickets')
    .set({ answered_at: at })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('answered_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && (await toTickets(db, [row]))[0]
}
