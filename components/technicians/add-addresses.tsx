import type { JudgedRow } from '../../desk/people/invite-rows.ts'
import type { MailKind } from '../../desk/people/outbox.ts'
import { m } from '../../paraglide/messages.js'
import type { Group } from '../../protocol/people.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import type { AddDraft } from './add-draft.ts'
import { GroupChoice } from './group-choice.tsx'
import { verdictWords } from './verdict-words.ts'

type Props = {
  draft: AddDraft
  onDraft: (part: Partial<AddDraft>) => void
  groups: readonly Group[]
  judged: readonly JudgedRow[]
  mail: MailKind
}

/** Addresses written or pasted, and what all of these people get. */
export function AddAddresses({ draft, onDraft, groups, judged, mail }: Props) {
  // The last one may still be being written, until something follows it.
  const finished = /[\s,;>]$/.test(draft.text) ? judged : judged.slice(0, -1)
  const wrong = finished.filter(({ verdict }) => verdict.kind !== 'ready')
  return (
    <>
      <Field
        label={m.invite_addresses()}
        hint={m.invite_addresses_hint()}
        value={draft.text}
        onValue={(text) => onDraft({ text })}
        type="multiline"
        autocomplete="off"
        inputMode="email"
        autoFocus
      />
      {wrong.length > 0 && (
        <ul class="invite-wrong" aria-live="polite" aria-label={m.invite_not_invited()}>
          {wrong.map(({ row, verdict }) => (
            <li key={row.line}>
              <strong>{row.email}</strong> {verdictWords(verdict)}
            </li>
          ))}
        </ul>
      )}
      <GroupChoice
        label={m.people_groups()}
        groups={groups}
        chosen={draft.groups}
        onChoose={(chosen) => onDraft({ groups: chosen })}
        hint={draft.groups.size === 0 ? m.invite_no_group() : undefined}
      />
      <Checkbox
        label={m.invite_admin()}
        hint={m.invite_admin_hint()}
        checked={draft.admin}
        onChecked={(admin) => onDraft({ admin })}
      />
      <Checkbox
        label={m.invite_two_step()}
        hint={mail === 'outbox' ? m.invite_no_mail() : m.invite_two_step_hint()}
        checked={draft.twoStep}
        disabled={mail === 'outbox'}
        onChecked={(twoStep) => onDraft({ twoStep })}
      />
    </>
  )
}
