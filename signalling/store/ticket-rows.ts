import type { Kysely, Selectable } from 'kysely'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import type { TicketHeader, TicketState } from '../../protocol/ticket.ts'
import type { Schema } from './schema.ts'

/** A ticket as the database has it, and as everything else does. */

type Row = Selectable<Schema['tickets']>

/** Rows with their seconds, in the same order. */
export async function toTickets(db: Kysely<Schema>, rows: readonly Row[]): Promise<TicketHeader[]> {
  const ids = rows.map(({ id }) => id)
  const seconds =
    ids.length === 0
      ? []
      : await db.selectFrom('ticket_seconds').selectAll().where('ticket', 'in', ids).orderBy('technician').execute()
  const byTicket = Map.groupBy(seconds, ({ ticket }) => ticket)
  return rows.map((row) => ({
    id: row.id,
    lookup: row.lookup,
    group: row.group_id,
    state: toState(row),
    seconds: (byTicket.get(row.id) ?? []).map(({ technician }) => technician),
    createdAt: row.created_at,
    openedAt: row.opened_at ?? row.created_at,
    answeredAt: row.answered_at,
    expiresAt: row.expires_at,
    version: row.version,
  }))
}

export function toRow(header: TicketHeader, createdBy: TechnicianId): Row {
  const { id, lookup, group, createdAt, openedAt, answeredAt, expiresAt, version, state } = header
  const assignee = state.kind === 'open' ? state.assignee : null
  return {
    id,
    lookup,
    group_id: group,
    version,
    assignee,
    assigned_at: assignee === null ? null : createdAt,
    created_by: createdBy,
    created_at: createdAt,
    opened_at: openedAt,
    answered_at: answeredAt,
    expires_at: expiresAt,
    details_kind: null,
    details: null,
    filed: 0,
    ...stateColumns(state),
  }
}

export function stateColumns(state: TicketState): Pick<Row, 'state' | 'ended_at' | 'ended_by' | 'ended_why'> {
  switch (state.kind) {
    case 'open':
      return { state: 'open', ended_at: null, ended_by: null, ended_why: null }
    case 'resolved':
      return { state: 'resolved', ended_at: state.at, ended_by: state.by, ended_why: null }
    case 'expired':
      return { state: 'expired', ended_at: state.at, ended_by: null, ended_why: state.why }
  }
}

/** Who had it stays written down when it ends. */
export function assigneeColumns(
  state: TicketState,
  { what, at }: TicketEvent,
): Partial<Pick<Row, 'assignee' | 'assigned_at'>> {
  if (state.kind !== 'open') return {}
  if (state.assignee === null) return { assignee: null, assigned_at: null }
  const given = what === 'assigned' || what === 'assigned-automatically' || what === 'reopened'
  return given ? { assignee: state.assignee, assigned_at: at } : {}
}

function toState(row: Row): TicketState {
  const { state, assignee, ended_at, ended_by, ended_why, filed, created_at, created_by } = row
  switch (state) {
    case 'open':
      return { kind: 'open', assignee }
    case 'resolved':
      return { kind: 'resolved', assignee, at: ended_at ?? created_at, by: ended_by ?? created_by }
    case 'expired':
      return { kind: 'expired', at: ended_at ?? created_at, why: ended_why ?? 'time', assignee, filed: filed === 1 }
  }
}
