import { Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Resolved } from '../../desk/queue/resolved.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { DeedDialog, whomOf } from '../queue/deed-dialog.tsx'
import { Button } from '../ui/button.tsx'

/** An admin deletes all tickets that a search found, such as those of one customer, everywhere. */
export function DeleteFound({ found, resolved }: { found: readonly QueueEntry[]; resolved: Resolved }) {
  const { people, ticketRoutes } = useWorkplace().desk
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
          title={m.retention_delete_found_title({ whom: whomOf(chosen) })}
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
        </DeedDialog>
      )}
    </>
  )
}
