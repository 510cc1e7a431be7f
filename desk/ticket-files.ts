import { type ReadonlySignal, signal } from '@preact/signals'
import { createExchange, type FileExchange } from '../peer/files/exchange.ts'
import { technicianFiles } from '../peer/files/parts.ts'
import type { Transfer } from '../peer/files/transfer.ts'
import type { TechnicianPart } from '../peer/live-link.ts'
import { MAX_TRANSFER_BYTES } from '../protocol/limits.ts'

/** The files of one ticket's session, from the technician's side. */
export type TicketFiles = Omit<FileExchange, 'list' | 'onChange' | 'attach' | 'cancelAll'> & {
  readonly part: TechnicianPart
  /** The session is over: what is on its way ends; what is whole stays to be saved. */
  over(): void
  readonly list: ReadonlySignal<readonly Transfer[]>
}

export function ticketFiles(until: AbortSignal): TicketFiles {
  const exchange = createExchange('technician', { bytes: MAX_TRANSFER_BYTES, allowed: () => true }, until)
  const list = signal(exchange.list)
  exchange.onChange(() => {
    list.value = exchange.list
  }, until)
  return { ...exchange, list, part: technicianFiles(exchange), over: () => exchange.cancelAll(undefined) }
}
