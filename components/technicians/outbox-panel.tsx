import './outbox.css'
import { Check, Download } from 'lucide-preact'
import { linkIn, type Outbox } from '../../desk/people/outbox.ts'
import { m } from '../../paraglide/messages.js'
import type { OutboxReply } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { Ago } from '../ui/ago.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { downloadMails } from './csv-download.ts'

/** Mails that wait for an admin to pass them on, because no mail server is configured. */
export function OutboxPanel({ outbox }: { outbox: Outbox | undefined }) {
  const state = outbox?.latest.value
  const refusal = outbox?.refusal.value
  return (
    <div class="team-main">
      <header class="team-head">
        <h1>{m.people_outbox()}</h1>
        {state && state.mails.length > 1 && (
          <Button class="outbox-download" onClick={() => void downloadMails(state.mails)}>
            <Download aria-hidden="true" />
            {m.outbox_download()}
          </Button>
        )}
      </header>
      <div class="outbox">
        {refusal && <Refused refusal={refusal} />}
        {state?.mail === 'outbox' && (
          <Notice tone="info" title={m.outbox_no_server()}>
            {m.outbox_no_server_text()}
          </Notice>
        )}
        {state?.mails.length === 0 && (
          <section class="team-empty">
            <h2>{m.outbox_empty()}</h2>
            <p>{m.outbox_empty_text()}</p>
          </section>
        )}
        {outbox && state && state.mails.length > 0 && (
          <ul>
            {state.mails.map((mail) => (
              <WaitingMail key={mail.id} mail={mail} outbox={outbox} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

type MailProps = { mail: OutboxReply['mails'][number]; outbox: Outbox }

function WaitingMail({ mail, outbox }: MailProps) {
  const { people } = useWorkplace().desk
  const { pending, refusal, submit } = useSubmission()
  const link = linkIn(mail.text)
  return (
    <li class="outbox-mail">
      <h2>{mail.to}</h2>
      <p class="field-hint">
        {mail.subject} · <Ago at={mail.createdAt} />
      </p>
      <details>
        <summary>{m.outbox_text()}</summary>
        <p class="outbox-text">{mail.text}</p>
      </details>
      {refusal && <Refused refusal={refusal} />}
      <div class="outbox-actions">
        <CopyButton label={m.outbox_copy_mail()} text={`${mail.subject}\n\n${mail.text}`} />
        {link && <CopyButton label={m.outbox_copy_link()} text={link} />}
        <Button
          kind="quiet"
          aria-disabled={pending}
          onClick={() =>
            void submit(async (signal) => {
              await people.server.mailPassedOn(mail.id, signal)
              await outbox.refresh()
            })
          }
        >
          <Check aria-hidden="true" />
          {m.outbox_passed_on()}
        </Button>
      </div>
    </li>
  )
}
