import { useLocation } from 'wouter-preact'
import type { Person } from '../../desk/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Group } from '../../protocol/people.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { viewPath } from './view.ts'

type Props = {
  group: Group
  /** Who is in it, invitations included. */
  people: readonly Person[]
  onClose: () => void
}

/** Deletes an empty group after asking; of one in use it says what must go first. */
export function DeleteGroupDialog({ group, people, onClose }: Props) {
  const { people: known } = useWorkplace().desk
  const [, navigate] = useLocation()
  const { pending, refusal, submit } = useSubmission()
  const technicians = people.filter(({ kind }) => kind === 'technician').length
  const invitations = people.length - technicians

  function send() {
    void submit(async (signal) => {
      await known.server.deleteGroup(group.id, signal)
      navigate(viewPath({ kind: 'all' }), { replace: true })
      await known.refresh()
      announce(m.people_done())
      onClose()
    })
  }

  if (people.length > 0) {
    return (
      <Dialog title={m.people_in_use_title({ group: group.name })} onClose={onClose}>
        {technicians > 0 && <p>{m.people_in_use_technicians({ count: technicians })}</p>}
        {invitations > 0 && <p>{m.people_in_use_invitations({ count: invitations })}</p>}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_close()}</Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title={m.people_delete_title({ group: group.name })} onClose={onClose}>
      <p>{m.people_delete_text()}</p>
      {refusal && <Refused refusal={refusal} />}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_cancel()}</Button>
        <Button kind="stop" aria-disabled={pending} onClick={send}>
          {m.people_delete_group()}
        </Button>
      </div>
    </Dialog>
  )
}
