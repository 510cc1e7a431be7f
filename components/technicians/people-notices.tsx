import { Link } from 'wouter-preact'
import type { Outbox } from '../../desk/people/outbox.ts'
import type { Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Group } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { Notice } from '../ui/notice.tsx'
import { refusalSentence } from '../ui/refusal.ts'
import { GroupRules } from './group-rules.tsx'
import { viewPath } from './view.ts'

type Props = {
  people: readonly Person[]
  /** The one in view, if it is one. */
  group: Group | undefined
  outbox: Outbox | undefined
}

/** What one must know about the people in view: who waits, for what, and what to do. */
export function PeopleNotices({ people, group, outbox }: Props) {
  const { people: known } = useWorkplace().desk
  const refusal = known.refusal.value
  const mails = outbox?.latest.value?.mails.length ?? 0
  const waiting = people.filter(
    (person) => person.kind === 'technician' && person.row.active && person.row.waitsForKeys,
  )
  return (
    <div class="team-notices">
      {refusal && (
        <Notice tone="stop" title={m.people_stale()}>
          {refusalSentence(refusal)}
        </Notice>
      )}
      {mails > 0 && (
        <Notice
          tone="waiting"
          title={m.people_outbox_waiting({ count: mails })}
          actions={
            <Link href={viewPath({ kind: 'outbox' })} class="button">
              {m.people_outbox_show()}
            </Link>
          }
        />
      )}
      {waiting.length > 0 && (
        <Notice tone="info" title={m.people_keys_waiting({ count: waiting.length })}>
          {m.people_keys_why()}
        </Notice>
      )}
      {group && <GroupRules group={group} />}
      {!known.admin.value && <p class="team-hint">{m.people_read_only()}</p>}
    </div>
  )
}
