import type { ResolvedAsk } from '../../desk/server/server-tickets.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketsReply } from '../../protocol/http.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { useWorkplace } from '../desk/context.ts'
import type { CsvOf } from '../log/csv-button.tsx'
import { useNames } from './names.ts'

type Row = TicketsReply['tickets'][number]

/** The resolved tickets as a file. @param nameOf the customer's, where this desk has opened it */
export function useResolvedCsv(chosen: ResolvedAsk, nameOf: (ticket: Row['ticket']['id']) => string): CsvOf<Row> {
  const { ticketRoutes } = useWorkplace().desk
  const names = useNames()
  return {
    file: m.log_csv_resolved_file(),
    text: m.log_csv_text_resolved(),
    columns: [
      m.log_column_resolved(),
      m.log_column_code(),
      m.log_column_customer(),
      m.log_column_group(),
      m.log_column_assignee(),
      m.log_column_resolved_by(),
    ],
    cells({ ticket }) {
      const { state } = ticket
      const assignee = assigneeOf(ticket)
      return [
        state.kind === 'resolved' ? new Date(state.at).toISOString() : '',
        ticket.lookup,
        nameOf(ticket.id),
        names.group(ticket.group),
        assignee === null ? '' : names.technician(assignee),
        state.kind === 'resolved' ? names.technician(state.by) : '',
      ]
    },
    async page(cursor, signal) {
      const { tickets, next } = await ticketRoutes.list('resolved', cursor, signal, { ...chosen, export: true })
      return { rows: tickets, next }
    },
  }
}
