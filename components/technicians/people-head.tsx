import { UserPlus } from 'lucide-preact'
import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { inView, type PeopleView, type Person } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Group } from '../../protocol/people.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { DeleteGroupDialog } from './delete-group-dialog.tsx'
import { GroupDialog } from './group-dialog.tsx'

type Props = {
  view: PeopleView
  groups: readonly Group[]
  /** Everybody, in whatever view. */
  people: readonly Person[]
  search: string
  onSearch: (text: string) => void
  /** Down from the search into the table. */
  onTable: () => void
  onAdd: () => void
  field: RefObject<HTMLInputElement>
}

/** What one looks at, the search in it, and Add; for a group, how it is set and its deletion. */
export function PeopleHead({ view, groups, people, search, onSearch, onTable, onAdd, field }: Props) {
  const admin = useWorkplace().desk.people.admin.value
  const [dialog, setDialog] = useState<'edit' | 'delete'>()
  const group = view.kind === 'group' ? groups.find(({ id }) => id === view.group) : undefined
  const close = () => setDialog(undefined)
  return (
    <header class="team-head">
      <h1>{group?.name ?? viewName(view)}</h1>
      {admin && group && (
        <span class="team-group-actions">
          <Button kind="quiet" onClick={() => setDialog('edit')}>
            {m.people_edit_group()}
          </Button>
          <Button kind="quiet" onClick={() => setDialog('delete')}>
            {m.people_delete_group()}
          </Button>
        </span>
      )}
      <SearchField
        label={m.people_search()}
        placeholder={m.people_search_placeholder()}
        value={search}
        onValue={onSearch}
        onDown={onTable}
        field={field}
      />
      {admin && (
        <Button kind="primary" shortcut="a" onClick={onAdd}>
          <UserPlus aria-hidden="true" />
          {m.people_add()}
        </Button>
      )}
      {group && dialog === 'edit' && <GroupDialog group={group} onClose={close} />}
      {group && dialog === 'delete' && (
        <DeleteGroupDialog
          group={group}
          people={people.filter((person) => inView(person, { kind: 'group', group: group.id }))}
          onClose={close}
        />
      )}
    </header>
  )
}

function viewName(view: PeopleView): string {
  switch (view.kind) {
    case 'invited':
      return m.people_invited()
    case 'deactivated':
      return m.people_deactivated()
    default:
      return m.people_all()
  }
}
