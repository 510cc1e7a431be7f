import { PackageOpen } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { useLongWork } from '../account/long-work.tsx'
import { useWorkplace } from '../desk/context.ts'
import { mediaFileName } from '../media/file-name.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { refusalSentence } from '../ui/refusal.ts'
import { saveFile } from '../ui/save-file.ts'
import { readForExport } from './export-content.ts'
import { zipTicket } from './export-zip.tsx'

/** Takes a ticket away as one ZIP that opens without Deskside, for who may open its case. */
export function ExportTicket({ entry }: { entry: QueueEntry }) {
  const { people } = useWorkplace().desk
  const [open, setOpen] = useState(false)
  if (!mayOpenCase(entry.header, people.looker.value)) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <PackageOpen aria-hidden="true" />
        {m.export_ticket()}
      </Button>
      {open && <ExportDialog entry={entry} onClose={() => setOpen(false)} />}
    </>
  )
}

function ExportDialog({ entry, onClose }: { entry: QueueEntry; onClose: () => void }) {
  const workplace = useWorkplace()
  const { state, run, cancel } = useLongWork()

  function begin() {
    void run(async (signal, onProgress) => {
      const content = await readForExport(workplace.desk, entry, signal)
      const zip = await zipTicket(workplace, content, onProgress, signal)
      signal.throwIfAborted()
      await workplace.desk.log.takenAway({ which: 'ticket', ticket: entry.header.id }, signal)
      saveFile(mediaFileName(customerName(entry.details), content.at, entry.header.lookup, 'zip'), zip)
      onClose()
    })
  }

  function close() {
    cancel()
    onClose()
  }

  const working = state.kind === 'working'
  return (
    <Dialog title={m.export_title({ name: customerName(entry.details) })} onClose={close}>
      <p>{m.export_text()}</p>
      {working && (
        <>
          <p role="status">{m.export_progress({ count: state.done })}</p>
          <progress class="work-progress" aria-label={m.export_ticket()} />
        </>
      )}
      {state.kind === 'failed' && (
        <p class="field-error" role="alert">
          {state.cause instanceof RefusedError ? refusalSentence(state.cause.refusal) : m.export_failed()}
        </p>
      )}
      <div class="dialog-actions">
        <Button onClick={close}>{m.desk_cancel()}</Button>
        <Button kind="primary" aria-disabled={working} onClick={() => working || begin()}>
          {m.export_begin()}
        </Button>
      </div>
    </Dialog>
  )
}
