import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { randomId } from '../../peer/random-id.ts'
import type { Code } from '../../protocol/code.ts'
import type { Details } from '../../protocol/details.ts'
import type { GroupId, TechnicianId, TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { AssigneeField } from './assignee-field.tsx'
import { CreatedDialog } from './created-dialog.tsx'
import { useDeed } from './deed.ts'
import { CustomerFields, draftOf, SortingFields, writtenOf } from './details-fields.tsx'
import { queueFilter } from './view-state.ts'

type Props = {
  /** The details of a ticket whose code is dead: the new one begins with them. */
  draft: Details | undefined
  onCreated: (id: TicketId) => void
  onClose: () => void
}

/** Makes a connection ID: who it is for and who takes care of it, then the code and the link to send. */
export function CreateDialog({ draft: before, onCreated, onClose }: Props) {
  const { desk } = useWorkplace()
  const groups = [...desk.people.groupNames.value]
  const offline = desk.wire.connection.value.kind !== 'open'
  const [draft, setDraft] = useState(draftOf(before))
  const [group, setGroup] = useState(() => firstGroup(groups.map(([id]) => id)))
  const [assignee, setAssignee] = useState<TechnicianId | null>(desk.me.id)
  // One key for one opening of the dialog: sending again after a cut makes no second ticket.
  const [key] = useState(randomId)
  const [code, setCode] = useState<Code>()
  const { pending, problem, run } = useDeed()

  function send() {
    if (!group) return
    const ticket = { ...writtenOf(draft), group, assignee }
    let created: TicketId | undefined
    void run(
      async (signal) => {
        const made = await desk.tickets.create(ticket, key, signal)
        created = made.ticket.id
        setCode({ lookup: made.ticket.lookup, secret: made.details.secret })
        return undefined
      },
      () => created && onCreated(created),
    )
  }

  if (code) return <CreatedDialog code={code} written={writtenOf(draft)} onClose={onClose} />
  return (
    <Dialog title={m.queue_create()} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <CustomerFields draft={draft} onDraft={setDraft} />
        <div class="field-pair">
          <SelectField
            label={m.queue_group()}
            value={group ?? ''}
            options={groups.map(([value, name]) => ({ value, name }))}
            onValue={(chosen) => {
              if (!chosen) return
              setGroup(chosen)
              // Whoever was chosen may not be in it.
              if (assignee !== desk.me.id) setAssignee(null)
            }}
          />
          <AssigneeField groups={group ? [group] : []} value={assignee} onValue={setAssignee} />
          <SortingFields draft={draft} onDraft={setDraft} />
        </div>
        <p class="field-hint">{m.queue_create_private()}</p>
        {!group && <Notice tone="waiting" title={m.queue_create_no_group()} />}
        {offline && <Notice tone="waiting" title={m.queue_create_offline()} />}
        {problem && <Notice tone="stop" title={problem} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit" aria-disabled={pending || !group}>
            {pending ? m.queue_creating() : m.queue_create()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** That of the view, else the first. */
function firstGroup(groups: readonly GroupId[]): GroupId | undefined {
  const { group } = queueFilter.peek()
  return group && groups.includes(group) ? group : groups[0]
}
