import * as v from 'valibot'
import { Email, type InstanceReply, Name } from '../../protocol/account.ts'
import { foldGroupName } from '../../protocol/group-name.ts'
import type { GroupId } from '../../protocol/ids.ts'
import { Invitee, type InviteVerdict, type PeopleReply } from '../../protocol/people.ts'

/** One person to invite, as written by whoever invites. */
export type InviteRow = {
  /** Where it stands: the line of a file, or the how manieth of the pasted addresses. From 1. */
  line: number
  /** As written: it may be malformed. */
  email: string
  /** Names of groups, as written. */
  groups: readonly string[]
  admin: boolean
  twoStep: boolean
  /** What made the row unreadable. */
  problem?: RowProblem
}

export type RowProblem =
  | { kind: 'broken-quotes' }
  /** Something else than yes or no, as `cell` has it; `admin` and `twoStep` are both as written. */
  | { kind: 'not-yes-or-no'; cell: string; admin: string; twoStep: string }
  | { kind: 'bad-group-name'; name: string }
  | { kind: 'too-many-groups' }

/** What would become of a row if it were sent now, or what became of it. */
export type RowVerdict =
  | { kind: 'ready' }
  | { kind: Exclude<InviteVerdict, 'duplicate' | 'unknown-group'> }
  /** `of`: the line that has the address first. */
  | { kind: 'duplicate'; of: number | undefined }
  | { kind: 'unknown-group'; names: readonly string[] }
  /** The server was not asked, because creating its group was refused. */
  | { kind: 'not-sent' }
  | RowProblem

export type JudgedRow = { row: InviteRow; verdict: RowVerdict; groups: readonly GroupId[] }

/** As many as one `Invitee` may have. */
const MAX_GROUPS = 20

/**
 * Reads pasted addresses: commas, semicolons, spaces or lines between them, each alone or as `Name <address>`.
 * Whatever is no address stays as a row, so that it can be named.
 */
export function readAddresses(text: string): { line: number; email: string }[] {
  const bare = text
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\bmailto:/gi, '')
    .replace(/"[^"\n]*"(?=\s*<)/g, '')
    .replace(/<([^<>\n]*)>/g, (_, address: string) => ` <${address.replace(/\s/g, '')}> `)
  // Where semicolons stand between the brackets, commas belong to names: `Lee, Anna <…>; …`.
  const parts = bare.split(/>\s*;/.test(bare) ? /[;\n]/ : /[,;\n]/)
  return parts.flatMap(addressesOf).map((email, index) => ({ line: index + 1, email }))
}

/** Of words between two separators: brackets say where an address is, and the words before them are a name. */
function addressesOf(part: string): string[] {
  const found: string[] = []
  for (const word of part.split(/[\s,]+/).filter(Boolean)) {
    const address = /^<(.*)>$/.exec(word)?.[1]
    while (address !== undefined && found.length > 0 && !found.at(-1)?.includes('@')) found.pop()
    found.push(address ?? word)
  }
  return found
}

/** Names of the rows' groups that nobody has yet, each once, as first written; only those of rows that can be read. */
export function unknownGroups(rows: readonly InviteRow[], people: PeopleReply): string[] {
  const known = new Set(people.groups.map(({ name }) => foldGroupName(name)))
  const unknown = new Map<string, string>()
  for (const { groups, problem } of rows) {
    if (problem) continue
    for (const name of groups)
      if (!known.has(foldGroupName(name)) && !unknown.has(foldGroupName(name))) unknown.set(foldGroupName(name), name)
  }
  return [...unknown.values()]
}

/**
 * A verdict for each row, in their order. `toCreate`: names of groups that will be created first.
 * `mail`: without a mail server nobody can be asked for a second step.
 */
export function judgeRows(
  rows: readonly InviteRow[],
  people: PeopleReply,
  { toCreate = [], mail }: { toCreate?: readonly string[]; mail: InstanceReply['mail'] },
): JudgedRow[] {
  const groups = new Map(people.groups.map(({ id, name }) => [foldGroupName(name), id]))
  const created = new Set(toCreate.map(foldGroupName))
  const technicians = new Set(people.technicians.map(({ email }) => email.toLowerCase()))
  const invited = new Set(people.invitations.map(({ email }) => email.toLowerCase()))
  const first = new Map<string, number>()

  function judge(row: InviteRow): RowVerdict {
    if (row.problem) return row.problem
    const email = v.safeParse(Email, row.email)
    if (!email.success || !v.is(Invitee.entries.email, row.email)) return { kind: 'malformed-address' }
    const of = first.get(email.output)
    if (of !== undefined) return { kind: 'duplicate', of }
    first.set(email.output, row.line)
    if (technicians.has(email.output)) return { kind: 'already-technician' }
    if (invited.has(email.output)) return { kind: 'already-invited' }
    const names = row.groups.filter((name) => !groups.has(foldGroupName(name)) && !created.has(foldGroupName(name)))
    if (names.length > 0) return { kind: 'unknown-group', names }
    if (row.twoStep && mail === 'outbox') return { kind: 'no-mail' }
    return { kind: 'ready' }
  }

  return rows.map((row) => ({
    row,
    verdict: judge(row),
    groups: row.groups.flatMap((name) => groups.get(foldGroupName(name)) ?? []),
  }))
}

/** The problem with a row's groups, if there is one. */
export function groupProblem(names: readonly string[]): RowProblem | undefined {
  if (names.length > MAX_GROUPS) return { kind: 'too-many-groups' }
  const bad = names.find((name) => !v.is(Name, name))
  return bad === undefined ? undefined : { kind: 'bad-group-name', name: bad }
}
