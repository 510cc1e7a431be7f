import type { CsvPeople } from '../../desk/people/csv-people.ts'
import { type InviteRow, readAddresses, unknownGroups } from '../../desk/people/invite-rows.ts'
import type { PeopleView } from '../../desk/people/people-list.ts'
import type { GroupId } from '../../protocol/ids.ts'
import type { PeopleReply } from '../../protocol/people.ts'

/** What is written in the dialog that adds technicians; changing between its tabs loses nothing. */
export type AddDraft = {
  from: 'addresses' | 'csv'
  text: string
  /** For all addresses; of a file, for the rows that name none. */
  groups: ReadonlySet<GroupId>
  admin: boolean
  twoStep: boolean
  file: { name: string; read: CsvPeople; unknown: readonly string[] } | undefined
  /** Names of the file's groups that are to be created. */
  create: ReadonlySet<string>
}

/** Nothing yet, but the group that one looks at; or the only one that there is. */
export function blankDraft(view: PeopleView, { groups }: PeopleReply): AddDraft {
  const only = groups.length === 1 ? groups[0]?.id : undefined
  const chosen = view.kind === 'group' ? view.group : only
  return {
    from: 'addresses',
    text: '',
    groups: new Set(chosen === undefined ? [] : [chosen]),
    admin: false,
    twoStep: false,
    file: undefined,
    create: new Set(),
  }
}

/** A file that was read: every group that it has and nobody knows is offered, and chosen, for creation. */
export function withFile(name: string, read: CsvPeople, people: PeopleReply): Pick<AddDraft, 'file' | 'create'> {
  const unknown = read.kind === 'rows' ? unknownGroups(read.rows, people) : []
  return { file: { name, read, unknown }, create: new Set(unknown) }
}

/** The people of the tab in front. */
export function rowsOf({ from, text, groups, admin, twoStep, file }: AddDraft, people: PeopleReply): InviteRow[] {
  const names = people.groups.filter(({ id }) => groups.has(id)).map(({ name }) => name)
  if (from === 'addresses') return readAddresses(text).map((read) => ({ ...read, groups: names, admin, twoStep }))
  if (file?.read.kind !== 'rows') return []
  return file.read.rows.map((row) => (row.groups.length > 0 ? row : { ...row, groups: names }))
}

export function toCreateOf({ from, create }: AddDraft): readonly string[] {
  return from === 'csv' ? [...create] : []
}
