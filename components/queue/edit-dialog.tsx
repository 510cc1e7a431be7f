import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { useDeed } from './deed.ts'
import { CustomerFields, changesOf, draftOf, SortingFields, writtenOf } from './details-fields.tsx'

/** Changes what is written of a ticket; works without the server, and arrives later. */
export function EditDialog({ entry, onClose }: { entry: QueueEntry; onClose: () => void }) {
  const { desk } = useWorkplace()
  // What a colleague changes meanwhile, and one did not touch, stays.
  const [before] = useState(draftOf(entry.details))
  const [draft, setDraft] = useState(before)
  const { problem, run } = useDeed()
  const offline = desk.wire.connection.value.kind !== 'open'

  function save() {
    void run(
      async () => {
        desk.tickets.edit(entry.header.id, changesOf(writtenOf(before), writtenOf(draft)))
        return undefined
      },
      () => {
        announce(m.queue_edited())
        onClose()
      },
    )
  }

  return (
    <Dialog title={m.queue_edit_title()} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <CustomerFields draft={draft} onDraft={setDraft} />
        <div class="field-pair">
          <SortingFields draft={draft} onDraft={setDraft} />
        </div>
        {offline && <Notice tone="info" title={m.queue_edit_offline()} />}
        {problem && <Notice tone="stop" title={problem} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit">
            {m.queue_save()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
