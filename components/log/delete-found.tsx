import { Trash2 } from 'lucide-preact'
import { useMemo, useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Resolved } from '../../desk/queue/resolved.ts'
import { searchQueue } from '../../desk/queue/search-queue.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { DeedDialog, whomOf } from '../queue/deed-dialog.tsx'
import { useSearchContext } from '../queue/search-context.ts'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'

type Props = {
  found: readonly QueueEntry[]
  resolved: Resolved
  search: string
  /** What was not searched: tickets that ended otherwise, or that do not fit the filters. */
  limits: { state: boolean; filters: boolean }
}

/** An admin deletes all tickets that a search found, such as those of one customer, everywhere. */
export function DeleteFound({ found, resolved, search, limits }: Props) {
  const { people, ticketRoutes } = useWorkplace().desk
  const open = useOpenFound(search)
  /** As they were when one asked: what was confirmed is what goes. */
  const [chosen, setChosen] = useState<readonly QueueEntry[]>()
  const [gone] = useState(() => new Set<QueueEntry['header']['id']>())
  if (!people.admin.value || (!chosen && found.length === 0)) return null

  function close() {
    setChosen(undefined)
    resolved.forget(gone)
  }

  return (
    <>
      <Button onClick={() => setChosen(found)}>
        <Trash2 aria-hidden="true" />
        {m.retention_delete_found()}
      </Button>
      {chosen && (
        <DeedDialog
          title={titleOf(chosen)}
          name={m.retention_delete_confirm()}
          kind="stop"
          entries={chosen}
          ask={async ({ header }, signal) => {
            await ticketRoutes.delete(header.id, { version: header.version }, signal)
            gone.add(header.id)
            return { kind: 'done', ticket: header }
          }}
          onDone={close}
          onClose={close}
        >
          <p>{m.retention_delete_found_text()}</p>
          {limits.state && <p>{m.retention_found_state()}</p>}
          {limits.filters && <p>{m.retention_found_filters()}</p>}
          {open > 0 && <p>{m.retention_found_open({ count: open.toLocaleString(formatLocale()) })}</p>}
        </DeedDialog>
      )}
    </>
  )
}

function titleOf(chosen: readonly QueueEntry[]): string {
  const whom = whomOf(chosen)
  return chosen.length === 1 ? m.retention_delete_title({ name: whom }) : m.retention_delete_found_title({ whom })
}

/** How many tickets that are open still are found by the same words. */
function useOpenFound(search: string): number {
  const queue = useWorkplace().desk.tickets.queue.value
  const context = useSearchContext(queue)
  return useMemo(
    () => searchQueue(queue, search, context).filter(({ header }) => header.state.kind === 'open').length,
    [queue, search, context],
  )
}
