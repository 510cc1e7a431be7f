import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Group, GroupUse } from '../../protocol/people.ts'
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
  const [tickets, setTickets] = useState<GroupUse>()
  const technicians = people.filter(({ kind }) => kind === 'technician').length
  const invitations = people.length - technicians

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the dialog opens
  useEffect(() => void submit(async (signal) => setTickets(await known.server.groupUse(group.id, signal))), [known])

  function send() {
    void submit(async (signal) => {
      await known.server.deleteGroup(group.id, signal)
      navigate(viewPath({ kind: 'all' }), { replace: true })
      await known.refresh()
      announce(m.people_done())
      onClose()
    })
  }

  if (!tickets) {
    return (
      <Dialog title={m.people_delete_group()} onClose={onClose}>
        {refusal ? <Refused refusal={refusal} /> : <p role="status">{m.people_in_use_asking()}</p>}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
        </div>
      </Dialog>
    )
  }
  if (people.length + tickets.open + tickets.resolved > 0) {
    return (
      <Dialog title={m.people_in_use_title({ group: group.name })} onClose={onClose}>
        {technicians > 0 && <p>{m.people_in_use_technicians({ count: technicians })}</p>}
        {invitations > 0 && <p>{m.people_in_use_invitations({ count: invitations })}</p>}
        {tickets.open > 0 && <p>{m.people_in_use_open({ count: tickets.open })}</p>}
        {tickets.resolved > 0 && <p>{m.people_in_use_resolved({ count: tickets.resolved })}</p>}
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
