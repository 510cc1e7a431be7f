import { AssignDialog, type DeedProps } from './assign-dialog.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { MoveTicketDialog } from './move-ticket-dialog.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { SecondDialog } from './second-dialog.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/** What is done to tickets in a dialog. */
export type TicketDeed = 'edit' | 'assign' | 'second' | 'move' | 'resolve' | 'withdraw'

export function TicketDialog({ deed, ...props }: DeedProps & { deed: TicketDeed }) {
  const [first] = props.entries
  switch (deed) {
    case 'edit':
      return first ? <EditDialog entry={first} onClose={props.onClose} /> : null
    case 'assign':
      return <AssignDialog {...props} />
    case 'second':
      return <SecondDialog {...props} />
    case 'move':
      return <MoveTicketDialog {...props} />
    case 'resolve':
      return <ResolveDialog {...props} />
    case 'withdraw':
      return <WithdrawDialog {...props} />
  }
}
