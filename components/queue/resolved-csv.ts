import type { ResolvedAsk } from '../../desk/server/server-tickets.ts'
import { m } from '../../paraglide/messages.js'
import type { OverState, TicketsReply } from '../../protocol/http.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { useWorkplace } from '../desk/context.ts'
import type { CsvOf } from '../log/csv-button.tsx'
import { howEnded } from './ended-words.ts'
import { useNames } from './names.ts'

type Row = TicketsReply['tickets'][number]

/** The tickets that are over as a file. @param nameOf the customer's, where this desk has opened it */
export function useResolvedCsv(
  over: OverState,
  chosen: ResolvedAsk,
  nameOf: (ticket: Row['ticket']['id']) => string,
): CsvOf<Row> {
  const { ticketRoutes, me } = useWorkplace().desk
  const names = useNames()
  return {
    file: m.log_csv_resolved_file(),
    text: m.log_csv_text_resolved(),
    columns: [
      m.resolved_column_ended(),
      m.log_column_code(),
      m.log_column_customer(),
      m.log_column_group(),
      m.log_column_assignee(),
      m.resolved_column_how(),
    ],
    cells({ ticket }) {
      const { state } = ticket
      const assignee = assigneeOf(ticket)
      return [
        state.kind === 'open' ? '' : new Date(state.at).toISOString(),
        ticket.lookup,
        nameOf(ticket.id),
        names.group(ticket.group),
        assignee === null ? '' : names.technician(assignee),
        howEnded(state, me.id, names),
      ]
    },
    async page(cursor, signal) {
      const { tickets, next } = await ticketRoutes.list(over, cursor, signal, { ...chosen, export: true })
      return { rows: tickets, next }
    },
  }
}
