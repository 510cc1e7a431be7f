import type { GroupId, TechnicianId, Time } from '../../protocol/ids.ts'
import type { Store } from './store.ts'

type Db = Pick<Store, 'db'>

/** What a member of a group has to do, and when the last turn was. */
export type Turn = { id: TechnicianId; tickets: number; givenAt: Time | null }

/** Of those of `technicians` who are in the group. `tickets`: the open ones that they have, of all groups. */
export async function listTurns({ db }: Db, group: GroupId, technicians: readonly TechnicianId[]): Promise<Turn[]> {
  if (technicians.length === 0) return []
  const rows = await db
    .selectFrom('memberships')
    .leftJoin('tickets', (join) =>
      join.onRef('tickets.assignee', '=', 'memberships.technician').on('tickets.state', '=', 'open'),
    )
    .select(({ fn }) => ['technician', 'given_at', fn.count<number>('tickets.id').as('tickets')])
    .where('memberships.group_id', '=', group)
    .where('technician', 'in', technicians)
    .groupBy(['technician', 'given_at'])
    .execute()
  return rows.map(({ technician, given_at, tickets }) => ({
    id: technician,
    tickets: Number(tickets),
    givenAt: given_at,
  }))
}

export async function noteTurn({ db }: Db, group: GroupId, technician: TechnicianId, now: Time): Promise<void> {
  await db
    .updateTable('memberships')
    .set({ given_at: now })
    .where('group_id', '=', group)
    .where('technician', '=', technician)
    .execute()
}

/** The groups that give tickets by themselves. */
export async function listAutomatic({ db }: Db): Promise<Set<GroupId>> {
  const rows = await db.selectFrom('groups').select('id').where('assignment', '!=', 'off').execute()
  return new Set(rows.map(({ id }) => id))
}
