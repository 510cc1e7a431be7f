import { FolderPlus, Inbox, MailPlus, Users, UserX } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Outbox } from '../../desk/people/outbox.ts'
import { inView, type Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Group } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { GroupDialog } from './group-dialog.tsx'
import { type Shown, viewPath } from './view.ts'

type Props = { people: readonly Person[]; groups: readonly Group[]; shown: Shown; outbox: Outbox | undefined }

/** What one can look at, each with how many people it has. */
export function GroupList({ people, groups, shown, outbox }: Props) {
  const admin = useWorkplace().desk.people.admin.value
  const [creating, create] = useState(false)
  const label = useId()
  const { compare } = new Intl.Collator(formatLocale(), { numeric: true })
  const sorted = [...groups].sort((one, other) => compare(one.name, other.name))
  const mails = outbox?.latest.value
  const here = viewPath(shown)
  const choice = (view: Shown, name: string, count: number, icon: ComponentChildren) => (
    <li key={viewPath(view)}>
      <Link href={viewPath(view)} class="team-view" aria-current={viewPath(view) === here ? 'page' : undefined}>
        {icon}
        <span class="team-view-name">{name}</span>
        <span class="figures">{count}</span>
      </Link>
    </li>
  )
  const countIn = (view: Exclude<Shown, { kind: 'outbox' }>) => people.filter((person) => inView(person, view)).length

  return (
    <nav class="team-views" aria-label={m.people_groups()}>
      <ul>{choice({ kind: 'all' }, m.people_all(), people.length, <Users aria-hidden="true" />)}</ul>
      <p class="team-label" id={`${label}-groups`}>
        {m.people_groups()}
      </p>
      {groups.length === 0 && <p class="team-hint">{admin ? m.people_no_groups() : m.people_no_groups_mine()}</p>}
      <ul aria-labelledby={`${label}-groups`}>
        {sorted.map(({ id, name }) => {
          const view = { kind: 'group', group: id } as const
          return choice(view, name, countIn(view), undefined)
        })}
      </ul>
      {admin && (
        <>
          <Button kind="quiet" class="team-create" onClick={() => create(true)}>
            <FolderPlus aria-hidden="true" />
            {m.people_create_group()}
          </Button>
          <p class="team-label" id={`${label}-status`}>
            {m.people_column_status()}
          </p>
          <ul aria-labelledby={`${label}-status`}>
            {choice(
              { kind: 'invited' },
              m.people_invited(),
              countIn({ kind: 'invited' }),
              <MailPlus aria-hidden="true" />,
            )}
            {choice(
              { kind: 'deactivated' },
              m.people_deactivated(),
              countIn({ kind: 'deactivated' }),
              <UserX aria-hidden="true" />,
            )}
            {mails &&
              (mails.mail === 'outbox' || mails.mails.length > 0) &&
              choice({ kind: 'outbox' }, m.people_outbox(), mails.mails.length, <Inbox aria-hidden="true" />)}
          </ul>
        </>
      )}
      {creating && <GroupDialog group={undefined} onClose={() => create(false)} />}
    </nav>
  )
}
