import { createExchange, type FileExchange } from '../../../../peer/files/exchange.ts'
import type { FileMessage } from '../../../../peer/files/files-link.ts'
import { limitsOf } from '../../../../peer/files/limits.ts'
import { isOver } from '../../../../peer/files/transfer.ts'
import { NO_FILE_RULES } from '../../../../protocol/file-rules.ts'
import type { Role } from '../../../../protocol/ids.ts'
import { silentConnection } from '../../../support/silent-connection.ts'
import type { Giving, Taking } from './way.ts'

/** The product's own transfers: asked, checked byte by byte, and written to the browser's disk; the relay takes the place of the session's link. */

const { signal } = new AbortController()

export async function desksideGiver(socket: WebSocket): Promise<Giving> {
  const exchange = begin('technician', socket)
  return async (files) => {
    const { sourceOf } = await import('../../../../peer/files/source.ts')
    const before = exchange.list.length
    const why = exchange.send(files.map((file) => sourceOf(file)))
    if (why) throw new Error(`not offered: ${why}`)
    await ended(exchange, before)
  }
}

export async function desksideTaker(socket: WebSocket): Promise<Taking> {
  const exchange = begin('customer', socket)
  let taken = 0
  exchange.onChange(() => {
    const offer = exchange.list[taken]
    if (offer?.state.kind !== 'offered') return
    taken += 1
    void exchange.accept(offer.id)
  }, signal)
  return () => ended(exchange, taken)
}

/** The transfer at this place of the list is whole. */
async function ended(exchange: FileExchange, place: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      const transfer = exchange.list[place]
      if (!transfer || !isOver(transfer)) return
      const { state } = transfer
      state.kind === 'done' && state.failed.length === 0 ? resolve() : reject(new Error(JSON.stringify(state)))
    }
    exchange.onChange(look, signal)
    look()
  })
}

function begin(role: Role, socket: WebSocket): FileExchange {
  const exchange = createExchange(
    role,
    limitsOf(() => NO_FILE_RULES),
    signal,
  )
  const read = exchange.attach({
    send: (message) => socket.send(JSON.stringify(message)),
    connection: silentConnection,
    signal,
  })
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const message: FileMessage = JSON.parse(data)
    const hear = read[message.type] as (message: FileMessage) => void
    hear(message)
  }
  return exchange
}
