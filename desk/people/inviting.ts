import { RefusedError } from '../../protocol/errors.ts'
import { foldGroupName } from '../../protocol/group-name.ts'
import type { GroupId, Language } from '../../protocol/ids.ts'
import type { InviteVerdict } from '../../protocol/people.ts'
import type { ServerPeople } from '../server/server-people.ts'
import type { InviteRow, JudgedRow, RowVerdict } from './invite-rows.ts'

/** What became of one row. */
export type InvitedRow = { row: InviteRow; verdict: Exclude<RowVerdict, { kind: 'ready' }> }

type Parts = {
  server: ServerPeople
  /** As judged before; only those that are `ready` are sent. */
  judged: readonly JudgedRow[]
  /** Names of groups to create first. */
  toCreate: readonly string[]
  language: Language
  signal: AbortSignal
}

/**
 * Creates the groups, then invites everybody who is ready in one request. Never half a row: whose group could not be created
 * is not invited. @throws RefusedError where nobody was invited.
 */
export async function invite({ server, judged, toCreate, language, signal }: Parts): Promise<InvitedRow[]> {
  const created = await createGroups(server, toCreate, signal)
  const complete = judged.flatMap(({ row, verdict, groups }) => {
    if (verdict.kind !== 'ready') return []
    const wanted = row.groups.filter((name) => toCreate.some((other) => foldGroupName(other) === foldGroupName(name)))
    const made = wanted.flatMap((name) => created.get(foldGroupName(name)) ?? [])
    return made.length < wanted.length ? [] : [{ row, groups: [...groups, ...made] }]
  })
  const verdicts = new Map<InviteRow, InviteVerdict>()
  if (complete.length > 0) {
    const invitees = complete.map(({ row: { email, admin, twoStep }, groups }) => ({ email, groups, admin, twoStep }))
    const reply = await server.invite({ language, invitees }, signal)
    complete.forEach(({ row }, index) => {
      const verdict = reply.verdicts[index]
      if (verdict) verdicts.set(row, verdict)
    })
  }
  return judged.map(({ row, verdict }) => ({
    row,
    verdict: verdict.kind === 'ready' ? told(row, verdicts.get(row)) : verdict,
  }))
}

function told(row: InviteRow, verdict: InviteVerdict | undefined): InvitedRow['verdict'] {
  switch (verdict) {
    case undefined:
      return { kind: 'not-sent' }
    case 'duplicate':
      return { kind: 'duplicate', of: undefined }
    case 'unknown-group':
      return { kind: 'unknown-group', names: row.groups }
    default:
      return { kind: verdict }
  }
}

/** The groups that could be created, by folded name. Somebody else may have created one meanwhile: that one is used. */
async function createGroups(server: ServerPeople, names: readonly string[], signal: AbortSignal) {
  const created = new Map<string, GroupId>()
  for (const name of names) {
    try {
      created.set(foldGroupName(name), (await server.createGroup({ name }, signal)).id)
    } catch (error) {
      if (!(error instanceof RefusedError) || error.refusal.code !== 'name-taken') throw error
      const { groups } = await server.people(signal)
      const found = groups.find((group) => foldGroupName(group.name) === foldGroupName(name))
      if (found) created.set(foldGroupName(name), found.id)
    }
  }
  return created
}
