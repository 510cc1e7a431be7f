import { useEffect, useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { readPastTicket } from '../../desk/queue/past-ticket.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'

export type PastTicket = { kind: 'asking' } | { kind: 'known'; entry: QueueEntry } | { kind: 'refused'; why: Refusal }

/** A ticket that need not be in the queue any more, and a way to ask for it again. `needed`: false asks nothing. */
export function usePastTicket(id: TicketId, needed = true): [PastTicket, () => void] {
  const { ticketRoutes: server, keyrings, tickets } = useWorkplace().desk
  const [past, setPast] = useState<PastTicket>({ kind: 'asking' })
  const [turn, setTurn] = useState(0)
  const ready = keyrings.state.value.kind === 'known'
  // biome-ignore lint/correctness/useExhaustiveDependencies: keys that came are a reason to open it anew, and so is being asked to
  useEffect(() => {
    if (!needed) return undefined
    const life = new AbortController()
    readPastTicket(id, { server, keyringOf: keyrings.of, inQueue: tickets.detailsOf, signal: life.signal }).then(
      (entry) => life.signal.aborted || setPast({ kind: 'known', entry }),
      (error: unknown) => {
        if (life.signal.aborted) return
        if (!(error instanceof RefusedError)) throw error
        setPast({ kind: 'refused', why: error.refusal })
      },
    )
    return () => life.abort()
  }, [server, keyrings, id, needed, ready, turn])
  return [past, () => setTurn((now) => now + 1)]
}
