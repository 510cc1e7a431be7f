import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { useLocation } from 'wouter-preact'
import { m } from '../../paraglide/messages.js'
import { type Group, GroupRequest } from '../../protocol/people.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { focusFirstError, useSubmission } from '../ui/submission.ts'
import { viewPath } from './view.ts'

/** Creates a group, or renames `group`. */
export function GroupDialog({ group, onClose }: { group: Group | undefined; onClose: () => void }) {
  const { people } = useWorkplace().desk
  const [, navigate] = useLocation()
  const [name, setName] = useState(group?.name ?? '')
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const body = v.safeParse(GroupRequest, { name })

  function send() {
    setTried(true)
    if (!body.success) return
    void submit(async (signal) => {
      const { server } = people
      const saved = group
        ? await server.renameGroup(group.id, body.output, signal)
        : await server.createGroup(body.output, signal)
      await people.refresh()
      announce(m.people_done())
      onClose()
      if (!group) navigate(viewPath({ kind: 'group', group: saved.id }))
    })
  }

  return (
    <Dialog title={group ? m.people_rename_title({ group: group.name }) : m.people_create_group()} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send()
          focusFirstError(event.currentTarget)
        }}
      >
        <Field
          label={m.people_group_name()}
          hint={m.people_group_name_hint()}
          error={tried && !body.success ? m.people_group_name_missing() : undefined}
          value={name}
          onValue={setName}
          autocomplete="off"
          maxLength={80}
          autoFocus
        />
        {refusal && <Refused refusal={refusal} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit" aria-disabled={pending}>
            {group ? m.people_rename_group() : m.people_create_group()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
