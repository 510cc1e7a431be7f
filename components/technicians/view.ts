import { useLocation } from 'wouter-preact'
import type { PeopleView } from '../../desk/people/people-list.ts'
import type { Group } from '../../protocol/people.ts'

/** What the Technicians screen shows: some of the people, or the mails that wait. */
export type Shown = PeopleView | { kind: 'outbox' }

const HOME = '/technicians'

/** The address of a view; the browser's Back goes to the one before. */
export function viewPath(shown: Shown): string {
  if (shown.kind === 'all') return HOME
  return shown.kind === 'group' ? `${HOME}/group/${shown.group}` : `${HOME}/${shown.kind}`
}

/** The view that the address names; all of the people where it names none, or a group that is gone. */
export function useView(groups: readonly Group[]): Shown {
  const [location] = useLocation()
  const [place, id] = location.slice(HOME.length + 1).split('/')
  if (place === 'invited' || place === 'deactivated' || place === 'outbox') return { kind: place }
  const group = place === 'group' ? groups.find((known) => known.id === id) : undefined
  return group ? { kind: 'group', group: group.id } : { kind: 'all' }
}
