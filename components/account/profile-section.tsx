import { useRef, useState } from 'preact/hooks'
import * as v from 'valibot'
import { m } from '../../paraglide/messages.js'
import type { Locale } from '../../paraglide/runtime.js'
import { Name } from '../../protocol/account.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { AccountSection } from './account-section.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { ThemeChoice } from './theme-choice.tsx'

/** Who one is to colleagues and customers, and how the desk looks in this browser. */
export function ProfileSection() {
  const { desk, account } = useWorkplace()
  const me = useMe()
  const [name, setName] = useState(me.name)
  const [saved, setSaved] = useState(false)
  const { pending, refusal, submit } = useSubmission()
  const speaking = useSubmission()
  const chosen = useRef<Locale>()
  const wrong = v.is(Name, name) ? undefined : m.setup_name_missing()

  const rename = () =>
    void submit(async (signal) => {
      await account.update(await desk.server.account.change({ name }, signal))
      setSaved(true)
    })

  // The last choice counts, also one that is made while the one before is still on its way.
  function chooseLanguage(language: Locale) {
    chosen.current = language
    void speaking.submit(async (signal) => {
      for (;;) {
        const sent = chosen.current
        const me = await desk.server.account.change({ language: sent }, signal)
        if (chosen.current === sent) return account.update(me)
      }
    })
  }

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
          if (!wrong) rename()
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
      {refusal && <Refused refusal={refusal} />}
      <LanguageChoice labelled onChosen={chooseLanguage} />
      {speaking.refusal && <Refused refusal={speaking.refusal} />}
      <ThemeChoice />
    </AccountSection>
  )
}
