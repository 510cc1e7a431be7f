import { type ReadonlySignal, signal } from '@preact/signals'
import { createExchange, type FileExchange } from '../../peer/files/exchange.ts'
import { filesPart } from '../../peer/files/files-part.ts'
import { limitsOf } from '../../peer/files/limits.ts'
import { isOver, type Transfer } from '../../peer/files/transfer.ts'
import type { TechnicianPart } from '../../peer/live-link.ts'
import type { FileRules } from '../../protocol/file-rules.ts'
import type { TransferId } from '../../protocol/files.ts'

/** Why all that is on its way ends; undefined: by somebody's wish. */
export type FilesEnd = 'hand-over' | 'lost' | undefined

/** The files of one ticket's session, from the technician's side. */
export type TicketFiles = Omit<FileExchange, 'list' | 'onChange' | 'attach' | 'obey' | 'cancelAll' | 'unlink'> & {
  readonly part: TechnicianPart
  /** The session is over: what is on its way ends; what is whole stays to be saved. */
  over(why: FilesEnd): void
  readonly rules: ReadonlySignal<FileRules>
  readonly list: ReadonlySignal<readonly Transfer[]>
}

type Parts = {
  rules: ReadonlySignal<FileRules>
  /** Is given each transfer once, when it is over. */
  keep(transfer: Transfer): void
  signal: AbortSignal
}

export function ticketFiles({ rules, keep, signal: until }: Parts): TicketFiles {
  const limits = limitsOf(() => rules.peek())
  const exchange = createExchange('technician', limits, until)
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
  const stop = rules.subscribe(exchange.obey)
  until.addEventListener('abort', stop, { once: true })
  return { ...exchange, rules, list, part: filesPart(exchange), over: exchange.cancelAll }
}
