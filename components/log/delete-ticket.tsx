import { Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { refusalSentence } from '../ui/refusal.ts'

/** An admin deletes a ticket that is over, with all that belongs to it, everywhere. */
export function DeleteTicket({ entry: { header, details } }: { entry: QueueEntry }) {
  const { people, ticketRoutes } = useWorkplace().desk
  const [, navigate] = useLocation()
  const [open, setOpen] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [working, setWorking] = useState(false)
  if (!people.admin.value || header.state.kind === 'open') return null

  async function remove() {
    setWorking(true)
    setProblem(undefined)
    try {
      await ticketRoutes.delete(header.id, { version: header.version })
      navigate('/resolved')
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      setProblem(refusalSentence(error.refusal))
      setWorking(false)
    }
  }

  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Trash2 aria-hidden="true" />
        {m.retention_delete()}
      </Button>
      {open && (
        <Dialog title={m.retention_delete_title({ name: customerName(details) })} onClose={() => setOpen(false)}>
          <p>{m.retention_delete_text()}</p>
          {problem && (
            <p class="field-error" role="alert">
              {problem}
            </p>
          )}
          <div class="dialog-actions">
            <Button onClick={() => setOpen(false)}>{m.desk_cancel()}</Button>
            <Button kind="stop" aria-disabled={working} onClick={() => working || void remove()}>
              {m.retention_delete_confirm()}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
