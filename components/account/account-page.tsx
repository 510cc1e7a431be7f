import './account-page.css'
import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useTitle } from '../desk/title.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LanguageChoice } from './language-choice.tsx'

/** Who is signed in, where, and in which language. */
export function AccountPage() {
  const { desk, account } = useWorkplace()
  const [asking, ask] = useState(false)
  useTitle(m.desk_account())

  function leave() {
    desk.sessions.endAll()
    void account.leave()
  }

  const facts: [string, string][] = [
    [m.setup_name(), desk.me.name],
    [m.account_email(), desk.me.email],
    [m.setup_organisation(), desk.me.organisation],
    [m.account_role(), desk.me.admin ? m.account_role_admin() : m.account_role_technician()],
    [m.account_server_label(), new URL(desk.origin).host],
  ]
  return (
    <main class="account-page">
      <h1>{m.desk_account()}</h1>
      <dl class="account-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h2>{m.account_language()}</h2>
        <LanguageChoice />
      </section>
      <section>
        <h2>{m.account_sign_out()}</h2>
        <p>{m.account_sign_out_text()}</p>
        <Button onClick={() => (desk.sessions.anyLive.peek() ? ask(true) : leave())}>{m.account_sign_out()}</Button>
      </section>
      {asking && (
        <Dialog title={m.account_sign_out_live_title()} onClose={() => ask(false)}>
          <p>{m.account_sign_out_live_text()}</p>
          <div class="dialog-actions">
            <Button onClick={() => ask(false)}>{m.desk_cancel()}</Button>
            <Button kind="stop" onClick={leave}>
              {m.account_sign_out_live()}
            </Button>
          </div>
        </Dialog>
      )}
    </main>
  )
}
