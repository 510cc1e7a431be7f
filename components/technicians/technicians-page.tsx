import './technicians.css'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import {
  inView,
  listPeople,
  type PeopleView,
  type Sort,
  searchPeople,
  sortPeople,
} from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { PeopleReply } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { useSelection } from '../ui/selection.ts'
import { AddDialog } from './add-dialog.tsx'
import { GroupList } from './group-list.tsx'
import { useOutbox } from './mail-outbox.ts'
import { OutboxPanel } from './outbox-panel.tsx'
import { PeopleHead } from './people-head.tsx'
import { PeopleNotices } from './people-notices.tsx'
import { PeopleTable } from './people-table.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useView, viewPath } from './view.ts'

/** The team: its groups on the left, its technicians and invitations in a table, and what may be done with them. */
export function TechniciansPage() {
  const { people } = useWorkplace().desk
  const latest = people.latest.value
  const refusal = people.refusal.value
  useTitle(m.people_title())
  if (latest) return <Team people={latest} />
  return (
    <main class="team-waiting">
      <h1>{m.people_title()}</h1>
      {refusal ? <Refused refusal={refusal} /> : <p role="status">{m.people_loading()}</p>}
    </main>
  )
}

const BY_NAME: Sort = { column: 'name', descending: false }

function Team({ people }: { people: PeopleReply }) {
  const admin = useWorkplace().desk.people.admin.value
  const [sort, setSort] = useState(BY_NAME)
  const [search, setSearch] = useState('')
  const [adding, add] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const table = useRef<HTMLDivElement>(null)
  const outbox = useOutbox(admin)
  const shownView = useView(people.groups)
  // Only admins have mails to pass on; a demoted one is back with the people.
  const view: PeopleView = shownView.kind === 'outbox' ? { kind: 'all' } : shownView
  const inOutbox = shownView.kind === 'outbox' && admin
  const all = useMemo(() => listPeople(people), [people])
  const here = sortPeople(
    all.filter((person) => inView(person, view)),
    sort,
    formatLocale(),
  )
  const shown = searchPeople(here, search)
  const selection = useSelection({ view: viewPath(view), items: here, shown, keyOf: ({ key }) => key })
  const group = view.kind === 'group' ? people.groups.find(({ id }) => id === view.group) : undefined
  const path = viewPath(view)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was searched for in one group is not in the next
  useEffect(() => setSearch(''), [path])

  const focusRow = () => table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  useShortcuts({
    '/': () => field.current?.focus(),
    ...(admin ? { a: () => add(true) } : {}),
    ArrowDown: focusRow,
    Escape: () => selection.clear(),
  })

  return (
    <main class="team">
      <GroupList people={all} groups={people.groups} shown={inOutbox ? shownView : view} outbox={outbox} />
      {inOutbox ? (
        <OutboxPanel outbox={outbox} />
      ) : (
        <div class="team-main">
          <PeopleHead
            view={view}
            groups={people.groups}
            people={all}
            search={search}
            onSearch={setSearch}
            onTable={focusRow}
            onAdd={() => add(true)}
            field={field}
          />
          <PeopleNotices people={here} group={group} outbox={outbox} />
          {admin && (
            <SelectionBar
              selection={selection}
              view={view}
              groups={people.groups}
              onFinished={() => setTimeout(focusRow)}
            />
          )}
          <PeopleTable
            people={here}
            shown={shown}
            view={view}
            search={search}
            sort={sort}
            onSort={setSort}
            selection={admin ? selection : undefined}
            onAdd={() => add(true)}
            table={table}
          />
        </div>
      )}
      {adding && <AddDialog people={people} view={view} mail={outbox?.latest.value?.mail} onClose={() => add(false)} />}
    </main>
  )
}
