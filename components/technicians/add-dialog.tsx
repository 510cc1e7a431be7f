import './add-dialog.css'
import { useState } from 'preact/hooks'
import { type JudgedRow, judgeRows } from '../../desk/people/invite-rows.ts'
import { type InvitedRow, invite } from '../../desk/people/inviting.ts'
import type { MailKind } from '../../desk/people/outbox.ts'
import type { PeopleView } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import { locales } from '../../paraglide/runtime.js'
import { MAX_INVITATIONS } from '../../protocol/limits.ts'
import type { PeopleReply } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { Choices } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { LANGUAGE_NAMES, locale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { Tabs } from '../ui/tabs.tsx'
import { AddAddresses } from './add-addresses.tsx'
import { AddCsv } from './add-csv.tsx'
import { type AddDraft, blankDraft, rowsOf, toCreateOf } from './add-draft.ts'
import { InviteResult } from './invite-result.tsx'

type Props = {
  people: PeopleReply
  view: PeopleView
  /** Undefined until it is known: taken for a server that sends mails. */
  mail: MailKind | undefined
  onClose: () => void
}

/** Adds technicians: addresses or a file, what will become of each, then what became of each. */
export function AddDialog({ people, view, mail = 'smtp', onClose }: Props) {
  const known = useWorkplace().desk.people
  const [draft, setDraft] = useState<AddDraft>(() => blankDraft(view, people))
  const [language, setLanguage] = useState(locale.peek())
  const [tried, setTried] = useState(false)
  const [result, setResult] = useState<InvitedRow[]>()
  const { pending, refusal, submit } = useSubmission()
  const rows = rowsOf(draft, people)
  const toCreate = toCreateOf(draft)
  const judged = judgeRows(rows, people, { toCreate, mail })
  const ready = judged.filter(({ verdict }) => verdict.kind === 'ready').length
  const problem = problemOf(draft, judged, ready)
  const change = (part: Partial<AddDraft>) => {
    setTried(false)
    setDraft({ ...draft, ...part })
  }

  function send() {
    setTried(true)
    if (problem) return
    void submit(async (signal) => {
      setResult(await invite({ server: known.server, judged, toCreate, language, signal }))
      void known.refresh()
    })
  }

  if (result) return <InviteResult rows={result} mail={mail} onClose={onClose} />
  return (
    <Dialog title={m.people_add_title()} onClose={onClose} wide>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!pending) send()
        }}
      >
        <Tabs
          label={m.people_add_title()}
          value={draft.from}
          options={[
            ['addresses', m.invite_user()],
            ['csv', m.invite_csv()],
          ]}
          onValue={(from) => change({ from })}
        >
          {draft.from === 'addresses' ? (
            <AddAddresses draft={draft} onDraft={change} groups={people.groups} judged={judged} mail={mail} />
          ) : (
            <AddCsv draft={draft} onDraft={change} people={people} judged={judged} />
          )}
        </Tabs>
        <Choices
          legend={m.invite_language()}
          options={locales.map((known) => ({ value: known, name: LANGUAGE_NAMES[known], lang: known }))}
          chosen={language}
          onChoose={setLanguage}
        />
        {tried && problem && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
        {refusal && <Refused refusal={refusal} />}
        <div class="dialog-actions">
          <Button onClick={onClose}>{m.desk_cancel()}</Button>
          <Button kind="primary" type="submit" aria-disabled={pending}>
            {pending ? m.invite_sending() : ready > 0 ? m.invite_send_count({ count: ready }) : m.invite_send()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Why nothing can be sent yet. */
function problemOf(draft: AddDraft, judged: readonly JudgedRow[], ready: number): string | undefined {
  if (draft.from === 'csv' && draft.file?.read.kind !== 'rows') return m.invite_csv_missing()
  if (judged.length === 0) return m.invite_addresses_missing()
  if (judged.length > MAX_INVITATIONS) return m.invite_too_many({ count: judged.length, limit: MAX_INVITATIONS })
  return ready === 0 ? m.invite_nobody_ready() : undefined
}
