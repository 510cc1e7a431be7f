import type { TicketId } from '../../protocol/ids.ts'
import type { LogRow } from '../../protocol/log.ts'
import { useWorkplace } from '../desk/context.ts'

/** The customer's name where this desk knows it; the server's log has none. */
export function useTicketName(): (ticket: LogRow['ticket']) => string | undefined {
  const { tickets } = useWorkplace().desk
  const entries = tickets.entries.value
  const names = new Map<TicketId, string>()
  for (const { header, details } of entries) if (details?.name) names.set(header.id, details.name)
  return (ticket) => (ticket ? names.get(ticket.id) : undefined)
}
