import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import type { Transfer } from '../../peer/files/transfer.ts'
import { Button } from '../ui/button.tsx'
import { TransfersDialog } from './transfers-dialog.tsx'

/** The way to the summary, where there is anything in it. */
export function PastTransfers({ transfers, name }: { transfers: readonly Transfer[]; name: string }) {
  const [open, setOpen] = useState(false)
  if (transfers.length === 0) return null
  return (
    <div class="send-files">
      <Button onClick={() => setOpen(true)}>{m.files_show_all()}</Button>
      {open && <TransfersDialog transfers={transfers} name={name} onClose={() => setOpen(false)} />}
    </div>
  )
}
