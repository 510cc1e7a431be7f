import type { PeopleView } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'

/** A view without anybody (of all: without anybody else): what it is for, and how somebody comes into it. `onAdd` is absent for those who may only look. */
export function PeopleEmpty({ view, onAdd }: { view: PeopleView; onAdd: (() => void) | undefined }) {
  const [title, text] = words(view)
  return (
    <section class="team-empty">
      <h2>{title}</h2>
      <p>{text}</p>
      {onAdd && view.kind !== 'deactivated' && <Button onClick={onAdd}>{m.people_add_title()}</Button>}
    </section>
  )
}

function words(view: PeopleView): [string, string] {
  switch (view.kind) {
    case 'group':
      return [m.people_empty_group(), m.people_empty_group_text()]
    case 'invited':
      return [m.people_empty_invited(), m.people_empty_invited_text()]
    case 'deactivated':
      return [m.people_empty_deactivated(), m.people_empty_deactivated_text()]
    case 'all':
      return [m.people_empty_all(), m.people_empty_all_text()]
  }
}
