import { type ReadonlySignal, signal } from '@preact/signals'
import { createExchange, type FileExchange } from '../../peer/files/exchange.ts'
import { filesPart } from '../../peer/files/parts.ts'
import { isOver, type Transfer } from '../../peer/files/transfer.ts'
import type { TechnicianPart } from '../../peer/live-link.ts'
import type { TransferId } from '../../protocol/files.ts'
import { MAX_TRANSFER_BYTES } from '../../protocol/limits.ts'

/** The files of one ticket's session, from the technician's side. */
export type TicketFiles = Omit<FileExchange, 'list' | 'onChange' | 'attach' | 'cancelAll'> & {
  readonly part: TechnicianPart
  /** The session is over: what is on its way ends; what is whole stays to be saved. */
  over(): void
  readonly list: ReadonlySignal<readonly Transfer[]>
}

/** @param keep is given each transfer once, when it is over. */
export function ticketFiles(keep: (transfer: Transfer) => void, until: AbortSignal): TicketFiles {
  const exchange = createExchange('technician', { bytes: MAX_TRANSFER_BYTES, allowed: () => true }, until)
  const list = signal(exchange.list)
  const kept = new Set<TransferId>()
  exchange.onChange(() => {
    list.value = exchange.list
    for (const transfer of exchange.list) {
      if (!isOver(transfer) || kept.has(transfer.id)) continue
      kept.add(transfer.id)
      keep(transfer)
    }
  }, until)
  return { ...exchange, list, part: filesPart(exchange), over: () => exchange.cancelAll(undefined) }
}
