import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

type Props = { technician: string; onStay: () => void; onLeave: () => void }

/** Asked once, and only while a screen is shared. */
export function LeaveDialog({ technician, onStay, onLeave }: Props) {
  return (
    <Dialog title={m.customer_leave_title()} onClose={onStay}>
      <p>{m.customer_leave_text({ technician })}</p>
      <div class="dialog-actions">
        <Button onClick={onStay}>{m.customer_leave_stay()}</Button>
        <Button kind="stop" onClick={onLeave}>
          {m.customer_leave_go()}
        </Button>
      </div>
    </Dialog>
  )
}
