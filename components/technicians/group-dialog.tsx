import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { useLocation } from 'wouter-preact'
import { m } from '../../paraglide/messages.js'
import { type Group, GroupRequest, GroupSettings } from '../../protocol/people.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { focusFirstError, useSubmission } from '../ui/submission.ts'
import { draftOf, type GroupDraft, GroupSettingsFields, sameSettings, settingsOf } from './group-settings.tsx'
import { viewPath } from './view.ts'

/** Creates a group, or changes the name of `group` and how its queue runs. */
export function GroupDialog({ group, onClose }: { group: Group | undefined; onClose: () => void }) {
  const { people } = useWorkplace().desk
  const [, navigate] = useLocation()
  const [name, setName] = useState(group?.name ?? '')
  const [draft, setDraft] = useState<GroupDraft | undefined>(group && draftOf(group))
  const [tried, setTried] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const body = v.safeParse(GroupRequest, { name })
  const settings = draft && v.safeParse(GroupSettings, settingsOf(draft))
  const wrong = new Set(tried ? settings?.issues?.map(({ path }) => path?.[0].key) : [])

  function send() {
    setTried(true)
    if (!body.success || settings?.success === false) return
    void submit(async (signal) => {
      if (group) await change(group, body.output, settings?.output, signal)
      else navigate(viewPath({ kind: 'group', group: (await people.server.createGroup(body.output, signal)).id }))
      await people.refresh()
      announce(m.people_done())
      onClose()
    })
  }

  /** Only what is different: a colleague may change the rest at the same time. */
  async function change(before: Group, { name }: GroupRequest, next: GroupSettings | undefined, signal: AbortSignal) {
    if (name !== before.name) await people.server.renameGroup(before.id, { name }, signal)
    if (next && !sameSettings(before, next)) await people.server.setGroup(before.id, next, signal)
  }

  return (
    <Dialog
      title={group ? m.people_edit_group_title({ group: group.name }) : m.people_create_group()}
      onClose={onClose}
    >
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
        {draft && <GroupSettingsFields draft={draft} onDraft={setDraft} wrong={wrong} />}
        {refusal && <Refused refusal={refusal} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit" aria-disabled={pending}>
            {group ? m.people_save() : m.people_create_group()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
