import type { GroupId } from '../../protocol/ids.ts'
import type { Group, InvitationRow, PeopleReply, TechnicianRow } from '../../protocol/people.ts'
import { search } from '../search.ts'

/** One line of the Technicians screen. `key` is the id: those of the two kinds never meet. */
export type Person =
  | { kind: 'technician'; key: string; email: string; row: TechnicianRow; groups: readonly Group[] }
  | { kind: 'invitation'; key: string; email: string; row: InvitationRow; groups: readonly Group[] }

/** What of the people one looks at. */
export type PeopleView =
  | { kind: 'all' }
  | { kind: 'group'; group: GroupId }
  | { kind: 'invited' }
  | { kind: 'deactivated' }

export type SortColumn = 'name' | 'email' | 'groups' | 'role' | 'two-step' | 'status' | 'seen'
export type Sort = { column: SortColumn; descending: boolean }

/** Everybody, each with the groups in the order in which the server lists them. */
export function listPeople({ groups, technicians, invitations }: PeopleReply): Person[] {
  const named = (ids: readonly GroupId[]) => groups.filter(({ id }) => ids.includes(id))
  return [
    ...technicians.map((row) => {
      const { id: key, email } = row
      return { kind: 'technician' as const, key, email, row, groups: named(row.groups) }
    }),
    ...invitations.map((row) => {
      const { id: key, email } = row
      return { kind: 'invitation' as const, key, email, row, groups: named(row.groups) }
    }),
  ]
}

export function inView(person: Person, view: PeopleView): boolean {
  switch (view.kind) {
    case 'all':
      return true
    case 'group':
      return person.row.groups.includes(view.group)
    case 'invited':
      return person.kind === 'invitation'
    case 'deactivated':
      return person.kind === 'technician' && !person.row.active
  }
}

/** The name, or the address of somebody who has not signed up yet. */
export function nameOf(person: Person): string {
  return person.kind === 'technician' ? person.row.name : person.email
}

/** People who have every word of the text in name, address or groups; case and accents do not matter. */
export function searchPeople(people: readonly Person[], text: string): readonly Person[] {
  return search(people, text, (person) =>
    [nameOf(person), person.email, ...person.groups.map(({ name }) => name)].join('\n'),
  )
}

/** The same people in the wanted order, equals by name. `language`: a BCP 47 tag, for how letters follow each other. */
export function sortPeople(people: readonly Person[], { column, descending }: Sort, language: string): Person[] {
  const { compare } = new Intl.Collator(language, { numeric: true })
  const sign = descending ? -1 : 1
  return people
    .map((person) => ({ person, value: sortValue(person, column), name: nameOf(person) }))
    .sort((one, other) => {
      const by =
        typeof one.value === 'number' && typeof other.value === 'number'
          ? one.value - other.value
          : compare(String(one.value), String(other.value))
      return by * sign || compare(one.name, other.name)
    })
    .map(({ person }) => person)
}

function sortValue(person: Person, column: SortColumn): string | number {
  switch (column) {
    case 'name':
      return nameOf(person)
    case 'email':
      return person.email
    case 'groups':
      return person.groups.map(({ name }) => name).join(', ')
    case 'role':
      return person.row.admin ? 0 : 1
    case 'two-step':
      return twoStepRank(person)
    case 'status':
      return person.kind === 'invitation' ? 1 : person.row.active ? 0 : 2
    case 'seen':
      return person.kind === 'invitation'
        ? 0
        : person.row.online
          ? Number.MAX_SAFE_INTEGER
          : (person.row.lastSeenAt ?? 1)
  }
}

function twoStepRank(person: Person): number {
  if (person.kind === 'invitation') return person.row.twoStep ? 1 : 2
  return person.row.twoStep.on ? 0 : person.row.twoStep.required ? 1 : 2
}
