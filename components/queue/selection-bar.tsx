import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayAssign, mayHandle } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import type { Selection } from '../ui/selection.ts'
import { type TicketDeed, TicketDialog } from './ticket-dialog.tsx'

type Open = { deed: TicketDeed; entries: readonly QueueEntry[] }

type Props = {
  selection: Selection<QueueEntry>
  /** The bar has gone, and the focus with it. */
  onFinished: () => void
}

/** What may be done with the tickets selected; an open dialog outlives the selection. */
export function SelectionBar({ selection, onFinished }: Props) {
  const looker = useWorkplace().desk.people.looker.value
  const [open, setOpen] = useState<Open>()
  const { items, hidden } = selection
  const assignable = items.filter(({ header }) => mayAssign(header, looker))
  const handled = items.filter(({ header }) => mayHandle(header, looker))
  const finish = () => {
    setOpen(undefined)
    selection.clear()
    onFinished()
  }
  return (
    <>
      {items.length > 0 && (
        <section class="queue-selection" aria-label={m.queue_selection()}>
          <p role="status">
            {m.people_selected({ count: items.length })}
            {hidden > 0 && ` · ${m.people_selected_hidden({ count: hidden })}`}
          </p>
          {assignable.length > 0 && (
            <Button onClick={() => setOpen({ deed: 'assign', entries: assignable })}>{m.queue_assign_more()}</Button>
          )}
          {handled.length > 0 && (
            <>
              <Button onClick={() => setOpen({ deed: 'move', entries: handled })}>{m.queue_move_more()}</Button>
              <Button onClick={() => setOpen({ deed: 'resolve', entries: handled })}>{m.queue_resolve_more()}</Button>
            </>
          )}
          {handled.length < items.length && <p class="field-hint">{m.queue_selected_others()}</p>}
          <Button kind="quiet" onClick={finish}>
            {m.people_clear_selection()}
          </Button>
        </section>
      )}
      {open && (
        <TicketDialog
          deed={open.deed}
          entries={open.entries}
          onDone={finish}
          onClose={() => {
            setOpen(undefined)
            onFinished()
          }}
        />
      )}
    </>
  )
}
