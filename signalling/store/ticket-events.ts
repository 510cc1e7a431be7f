import type { Kysely } from 'kysely'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import { writeLog } from './log.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

/** A line of the ticket's timeline, and one of the activity log. `was`: the group that it was in until then. */
export async function addTicketEvent(
  trx: Kysely<Schema>,
  header: TicketHeader,
  was: GroupId,
  event: TicketEvent,
): Promise<void> {
  const { id, version } = header
  const { at, by, what, whom, group } = event
  await trx
    .insertInto('ticket_events')
    .values({ ticket: id, version, at, by_whom: by, what, whom, group_id: group })
    .execute()
  await writeLog(trx, {
    at,
    by: by ?? { kind: what === 'not-asked' ? 'customer' : 'server' },
    whom,
    group: was,
    ticket: header,
    event: { what: 'ticket', change: what, to: group },
  })
}

/** The timeline, the oldest first. */
export async function listEvents({ db }: Pick<Store, 'db'>, id: TicketId): Promise<TicketEvent[]> {
  const rows = await db
    .selectFrom('ticket_events')
    .select(['at', 'by_whom', 'what', 'whom', 'group_id'])
    .where('ticket', '=', id)
    .orderBy('version')
    .execute()
  return rows.map(({ at, by_whom, what, whom, group_id }) => ({ at, by: by_whom, what, whom, group: group_id }))
}
