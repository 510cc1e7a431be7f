import { type ReadonlySignal, signal } from '@preact/signals'
import type { FileExchange } from '../../peer/files/exchange.ts'
import type { Transfer } from '../../peer/files/transfer.ts'
import type { CustomerPart } from '../../peer/live-link.ts'
import { MAX_TRANSFER_BYTES } from '../../protocol/limits.ts'

/** The files of this page's session. */
export type Files = {
  readonly list: ReadonlySignal<readonly Transfer[]>
  /** What does the work, once there is a seat. */
  readonly exchange: FileExchange | undefined
  /** Somebody else attends now: nothing that is open goes on. */
  handOver(): void
  /** Fresh for a seat; the signal ends it. Its code comes with the link's, which must wait for `loaded`. */
  begin(signal: AbortSignal): { part: CustomerPart; loaded: Promise<unknown> }
}

export function startFiles(): Files {
  const list = signal<readonly Transfer[]>([])
  let exchange: FileExchange | undefined
  return {
    list,
    get exchange() {
      return exchange
    },
    handOver: () => exchange?.cancelAll('hand-over'),
    begin(until) {
      let begin: CustomerPart | undefined
      async function load() {
        const [{ createExchange }, { customerFiles }] = await Promise.all([
          import('../../peer/files/exchange.ts'),
          import('../../peer/files/parts.ts'),
        ])
        if (until.aborted) return
        const own = createExchange('customer', { bytes: MAX_TRANSFER_BYTES, allowed: () => true }, until)
        const show = () => {
          list.value = own.list
        }
        own.onChange(show, until)
        exchange = own
        begin = customerFiles(own)
        show()
      }
      return { part: (link) => begin?.(link), loaded: load() }
    },
  }
}
