import type { ReadonlySignal } from '@preact/signals'
import { isOver, type Transfer } from '../../peer/files/transfer.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import type { TransferId } from '../../protocol/files.ts'
import type { Permissions } from './permissions.ts'

type Parts = {
  transfers: ReadonlySignal<readonly Transfer[]>
  permissions: Pick<Permissions, 'list' | 'offer' | 'end' | 'finish'>
  /** Takes nothing more of it. */
  cancel(id: TransferId, why?: 'hand-over' | 'lost'): void
  signal: AbortSignal
}

/** Writes from when to when a technician's files came in, after the customer's yes; what the customer sends is no permission. */
export function keepFileLedger({ transfers, permissions, cancel, signal }: Parts): void {
  const held = new Map<TransferId, ConsentId>()

  function follow(transfer: Transfer) {
    const { id, direction, state } = transfer
    const allowed = held.get(id)
    if (direction === 'receiving' && state.kind === 'running' && allowed === undefined) {
      const written = permissions.offer('file', nameOf(transfer))
      if (!written) return cancel(id)
      held.set(id, written)
    } else if (allowed !== undefined && isOver(transfer)) {
      held.delete(id)
      if (state.kind === 'done') permissions.finish(allowed)
      else if (state.kind === 'cancelled' && state.why === 'hand-over') permissions.finish(allowed, 'hand-over')
      else permissions.end(allowed)
    }
  }

  const stops = [
    transfers.subscribe((list) => {
      for (const transfer of list) follow(transfer)
    }),
    permissions.list.subscribe((consents) => {
      for (const [transfer, id] of held) {
        const state = consents.find((consent) => consent.id === id)?.state
        if (state?.kind !== 'ended') continue
        held.delete(transfer)
        cancel(transfer, state.by === 'hand-over' ? 'hand-over' : state.by === 'cut' ? 'lost' : undefined)
      }
    }),
  ]
  for (const stop of stops) signal.addEventListener('abort', stop, { once: true })
}

/** The first file's name, and how many others there are. */
function nameOf({ first, count }: Transfer): string {
  const name = first[0]?.path.at(-1) ?? ''
  return count > 1 ? `${name.slice(0, 180)} + ${count - 1}` : name.slice(0, 200)
}
