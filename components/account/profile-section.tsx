import { useState } from 'preact/hooks'
import * as v from 'valibot'
import { m } from '../../paraglide/messages.js'
import { type ChangeMeRequest, Name } from '../../protocol/account.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountSection } from './account-section.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { SoundChoice } from './sound-choice.tsx'
import { ThemeChoice } from './theme-choice.tsx'

/** Who one is to colleagues and customers, and how the desk looks and sounds in this browser. */
export function ProfileSection() {
  const { desk, account } = useWorkplace()
  const me = useMe()
  const [name, setName] = useState(me.name)
  const [saved, setSaved] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const wrong = v.is(Name, name) ? undefined : m.setup_name_missing()

  const change = (body: ChangeMeRequest, done = () => {}) =>
    void submit(async (signal) => {
      await account.update(await desk.server.account.change(body, signal))
      done()
    })

  const facts: [string, string][] = [
    [m.account_email(), me.email],
    [m.setup_organisation(), me.organisation],
    [m.account_role(), me.admin ? m.account_role_admin() : m.account_role_technician()],
    [m.account_server_label(), new URL(desk.origin).host],
  ]
  return (
    <AccountSection title={m.account_profile()}>
      <dl class="account-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <form
        class="account-name"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!wrong) change({ name }, () => setSaved(true))
        }}
      >
        <Field
          label={m.setup_name()}
          hint={m.setup_name_hint()}
          error={wrong}
          value={name}
          onValue={(next) => {
            setName(next)
            setSaved(false)
          }}
          autocomplete="name"
          maxLength={80}
        />
        <Button type="submit" aria-disabled={pending || name.trim() === me.name}>
          {m.account_save()}
        </Button>
      </form>
      <p role="status">{saved && m.account_saved()}</p>
      <LanguageChoice labelled onChosen={(language) => change({ language })} />
      {refusal && <Refused refusal={refusal} />}
      <ThemeChoice />
      <SoundChoice />
    </AccountSection>
  )
}
