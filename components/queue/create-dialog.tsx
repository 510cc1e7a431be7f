import { useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { randomId } from '../../peer/random-id.ts'
import { type Code, formatCode, formatLink } from '../../protocol/code.ts'
import type { Details } from '../../protocol/details.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'

type Props = {
  /** The details of a ticket whose code is dead: the new one begins with them. */
  draft: Details | undefined
  onCreated: (id: TicketId) => void
  onClose: () => void
}

/** Makes a connection ID: who it is for, then the code and the link to send. */
export function CreateDialog({ draft, onCreated, onClose }: Props) {
  const { desk } = useWorkplace()
  const [name, setName] = useState(draft?.name ?? '')
  const [contact, setContact] = useState(draft?.contact ?? '')
  const [request, setRequest] = useState(draft?.request ?? '')
  // One key for one opening of the dialog: sending again after a cut makes no second ticket.
  const [key] = useState(randomId)
  const [code, setCode] = useState<Code>()
  const { pending, refusal, submit } = useSubmission()

  function send() {
    const written = { name: name.trim(), contact: contact.trim(), request: request.trim() }
    void submit(async (signal) => {
      const { ticket, details } = await desk.tickets.create(written, key, signal)
      setCode({ lookup: ticket.lookup, secret: details.secret })
      onCreated(ticket.id)
    })
  }

  if (code) return <Created code={code} origin={desk.origin} name={name.trim()} onClose={onClose} />
  return (
    <Dialog title={m.queue_create()} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Field
          label={m.queue_customer_name()}
          hint={m.queue_customer_name_hint()}
          value={name}
          onValue={setName}
          autocomplete="off"
          maxLength={120}
          autoFocus
        />
        <Field
          label={m.queue_contact()}
          hint={m.queue_contact_hint()}
          value={contact}
          onValue={setContact}
          autocomplete="off"
          maxLength={200}
        />
        <Field label={m.queue_request()} value={request} onValue={setRequest} type="multiline" maxLength={2000} />
        <p class="field-hint">{m.queue_create_private()}</p>
        {refusal && <Refused refusal={refusal} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit" aria-disabled={pending}>
            {pending ? m.queue_creating() : m.queue_create()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type CreatedProps = { code: Code; origin: string; name: string; onClose: () => void }

function Created({ code, origin, name, onClose }: CreatedProps) {
  const link = formatLink(origin, code)
  return (
    <Dialog title={name ? m.queue_created_for({ name }) : m.queue_created()} onClose={onClose}>
      <p>{m.queue_created_text({ host: new URL(origin).host })}</p>
      <p class="created-code code">{formatCode(code)}</p>
      <p class="created-link">{link}</p>
      <div class="dialog-actions">
        <CopyButton label={m.queue_copy_code()} text={formatCode(code)} />
        <CopyButton label={m.queue_copy_link()} text={link} kind="primary" />
        <Button onClick={onClose}>{m.desk_close()}</Button>
      </div>
    </Dialog>
  )
}
