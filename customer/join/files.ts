import { type ReadonlySignal, signal } from '@preact/signals'
import type { FileExchange } from '../../peer/files/exchange.ts'
import type { Transfer } from '../../peer/files/transfer.ts'

/** The files of this page, from one seat to the next of the same code. */
export type Files = {
  readonly list: ReadonlySignal<readonly Transfer[]>
  /** What does the work, once there is a seat. */
  readonly exchange: FileExchange | undefined
  begin(exchange: FileExchange, signal: AbortSignal): void
}

export function startFiles(): Files {
  const list = signal<readonly Transfer[]>([])
  let exchange: FileExchange | undefined
  return {
    list,
    get exchange() {
      return exchange
    },
    begin(next, until) {
      exchange = next
      const show = () => {
        list.value = next.list
      }
      next.onChange(show, until)
      show()
    },
  }
}
