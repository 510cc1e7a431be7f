import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { hasAnother, type MediaItem } from '../../desk/media/media-item.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { usePastTicket } from '../queue/use-past-ticket.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Refused } from '../ui/refused.tsx'

/** So many are named; each that is not in the queue is asked of the server. */
const SHOWN = 20

/** Of which tickets this browser keeps images and films, the largest first, and a way to free that. */
export function StorageTickets() {
  const { media } = useWorkplace().desk
  const [freeing, setFreeing] = useState<{ name: string; items: readonly MediaItem[] }>()
  const byTicket = Map.groupBy(media.items.value.values(), ({ ticket }) => ticket)
  const rows = [...byTicket]
    .map(([ticket, items]) => ({ ticket, items, bytes: items.reduce((sum, { bytes }) => sum + bytes, 0) }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, SHOWN)
  if (rows.length === 0) return null
  return (
    <>
      <h3>{m.storage_tickets()}</h3>
      <ul class="storage-tickets">
        {rows.map(({ ticket, items, bytes }) => (
          <TicketRow
            key={ticket}
            ticket={ticket}
            words={m.storage_ticket_size({ count: items.length, size: bytesWords(bytes) })}
            onFree={(name) => setFreeing({ name, items })}
          />
        ))}
      </ul>
      {freeing && <FreeDialog {...freeing} onClose={() => setFreeing(undefined)} />}
    </>
  )
}

type RowProps = { ticket: TicketId; words: string; onFree: (name: string) => void }

function TicketRow({ ticket, words, onFree }: RowProps) {
  const entry = useTicket(ticket)
  const name = entry ? `${entry.header.lookup} ${customerName(entry.details)}` : m.storage_ticket_unknown()
  return (
    <li>
      <Link href={`/log/ticket/${ticket}`}>{name}</Link>
      <span class="figures">{words}</span>
      <Button kind="quiet" aria-label={m.storage_ticket_free_of({ name })} onClick={() => onFree(name)}>
        {m.storage_ticket_free()}
      </Button>
    </li>
  )
}

/** Undefined until it is known, or where it cannot be read (any more). */
function useTicket(ticket: TicketId): QueueEntry | undefined {
  const queued = useWorkplace().desk.tickets.find(ticket)
  const [past] = usePastTicket(ticket, !queued?.details)
  return queued?.details || past.kind !== 'known' ? queued : past.entry
}

type FreeProps = { name: string; items: readonly MediaItem[]; onClose: () => void }

function FreeDialog({ name, items, onClose }: FreeProps) {
  const { media } = useWorkplace().desk
  const [working, setWorking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()

  async function remove() {
    setWorking(true)
    setRefusal(undefined)
    try {
      for (const item of items) await media.free(item)
      onClose()
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      setRefusal(error.refusal)
      setWorking(false)
    }
  }

  return (
    <Dialog title={m.storage_ticket_free_title({ name })} onClose={onClose}>
      <p>
        {items.some((item) => !hasAnother(item))
          ? m.storage_ticket_free_text({ count: items.length })
          : m.storage_ticket_free_copies({ count: items.length })}
      </p>
      {refusal && <Refused refusal={refusal} />}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_cancel()}</Button>
        <Button kind="stop" aria-disabled={working} onClick={() => working || void remove()}>
          {m.storage_ticket_free()}
        </Button>
      </div>
    </Dialog>
  )
}
