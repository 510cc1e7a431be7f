import type { RowVerdict } from '../../desk/people/invite-rows.ts'
import { m } from '../../paraglide/messages.js'

/** What a row's verdict means, in words. */
export function verdictWords(verdict: RowVerdict): string {
  switch (verdict.kind) {
    case 'ready':
      return m.invite_ready()
    case 'invited':
      return m.invite_invited()
    case 'malformed-address':
      return m.invite_malformed()
    case 'duplicate':
      return verdict.of === undefined ? m.invite_duplicate() : m.invite_duplicate_of({ line: verdict.of })
    case 'already-technician':
      return m.invite_already_technician()
    case 'already-invited':
      return m.invite_already_invited()
    case 'unknown-group':
      return m.invite_unknown_group({ names: verdict.names.join(', ') })
    case 'no-mail':
      return m.invite_no_mail()
    case 'not-sent':
      return m.invite_not_sent()
    case 'broken-quotes':
      return m.invite_broken_quotes()
    case 'not-yes-or-no':
      return m.invite_not_yes_or_no({ cell: verdict.cell })
    case 'bad-group-name':
      return m.invite_bad_group_name({ name: verdict.name })
    case 'too-many-groups':
      return m.invite_too_many_groups()
  }
}
