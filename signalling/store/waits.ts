import type { GroupId, TicketId, Time } from '../../protocol/ids.ts'
import type { Store } from './store.ts'

type Db = Pick<Store, 'db'>

/** Somebody turned to a customer of this group. */
export async function noteWait(
  { db }: Db,
  wait: { group: GroupId; ticket: TicketId; arrivedAt: Time; answeredAt: Time },
): Promise<void> {
  await db
    .insertInto('waits')
    .values({ group_id: wait.group, ticket: wait.ticket, arrived_at: wait.arrivedAt, answered_at: wait.answeredAt })
    .execute()
}

/** How long the last ones waited who were answered after `since`, in ms; the newest first, at most `count`. */
export async function lastWaits({ db }: Db, group: GroupId, since: Time, count: number): Promise<number[]> {
  const rows = await db
    .selectFrom('waits')
    .select(['arrived_at', 'answered_at'])
    .where('group_id', '=', group)
    .where('answered_at', '>', since)
    .orderBy('answered_at', 'desc')
    .limit(count)
    .execute()
  return rows.map(({ arrived_at, answered_at }) => answered_at - arrived_at)
}

export async function forgetOldWaits({ db }: Db, before: Time): Promise<void> {
  await db.deleteFrom('waits').where('answered_at', '<=', before).execute()
}
