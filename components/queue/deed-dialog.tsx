import type { ComponentChildren } from 'preact'
import type { Changed } from '../../desk/queue/change-ticket.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { announce } from '../desk/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { useBulk } from './bulk.ts'
import { BulkNotice } from './bulk-notice.tsx'
import { customerName } from './customer-name.ts'

type Props = {
  title: string
  /** Of the button that does it. */
  name: string
  /** Of that button: `stop` where what it does cannot be undone. */
  kind?: 'primary' | 'stop'
  entries: readonly QueueEntry[]
  /** It cannot be done as it stands. */
  disabled?: boolean
  ask: (entry: QueueEntry, signal: AbortSignal) => Promise<Changed>
  onDone: () => void
  onClose: () => void
  children: ComponentChildren
}

/** Something that is done to one ticket or to many, after it was confirmed. */
export function DeedDialog(props: Props) {
  const { title, name, kind = 'primary', entries, disabled = false, ask, onDone, onClose, children } = props
  const { state, run } = useBulk(() => {
    announce(m.people_done())
    onDone()
  })
  const over = state.kind === 'over'
  const running = state.kind === 'running'
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!disabled && !running) void run(entries, ask)
        }}
      >
        {entries.length > 1 && <EntryNames entries={entries} />}
        {children}
        <BulkNotice state={state} />
        <div class="dialog-actions">
          <Button onClick={onClose}>{over ? m.desk_close() : m.desk_cancel()}</Button>
          {!(over && entries.length > 1) && (
            <Button kind={kind} type="submit" aria-disabled={running || disabled}>
              {name}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

const NAMED = 5

function EntryNames({ entries }: { entries: readonly QueueEntry[] }) {
  const names = entries.slice(0, NAMED).map(({ details }) => customerName(details))
  const more = entries.length - names.length
  return (
    <p class="deed-names">{more > 0 ? m.queue_and_more({ names: names.join(', '), count: more }) : names.join(', ')}</p>
  )
}

/** The customer's name of one, the number of many. */
export function whomOf(entries: readonly QueueEntry[]): string {
  const [only] = entries
  return entries.length === 1 && only ? customerName(only.details) : m.queue_tickets_count({ count: entries.length })
}
