import type { PeopleReply, TechnicianRow } from '../../protocol/people.ts'
import type { Technician } from '../auth.ts'
import type { Services } from '../services.ts'
import { listGroups } from '../store/groups.ts'
import { listInvitations } from '../store/invitations.ts'
import { waitingForKeys } from '../store/keyrings.ts'
import { listMembers, type Member } from '../store/members.ts'
import { onlineTechnicians } from './online.ts'

type Needs = Pick<Services, 'store' | 'live'>

/** An admin: everybody. A technician: the own groups and who is in them, with the groups that they share. */
export async function listPeople(needs: Needs, reader: Technician): Promise<PeopleReply> {
  const { store } = needs
  const groups = await listGroups(store.db)
  const members = await listMembers(store)
  const describe = await describer(needs)
  if (reader.admin) {
    return { groups, technicians: members.map(describe), invitations: await listInvitations(store) }
  }
  const own = new Set(members.find(({ id }) => id === reader.id)?.groups)
  const technicians = members
    .map((member) => ({ ...member, groups: member.groups.filter((group) => own.has(group)) }))
    .filter((member) => member.id === reader.id || member.groups.length > 0)
  return { groups: groups.filter(({ id }) => own.has(id)), technicians: technicians.map(describe), invitations: [] }
}

/** The row of one technician, as admins see it. */
export async function describeMember(needs: Needs, member: Member): Promise<TechnicianRow> {
  const describe = await describer(needs)
  return describe(member)
}

async function describer({ store, live }: Needs): Promise<(member: Member) => TechnicianRow> {
  const online = onlineTechnicians(live)
  const waiting = await waitingForKeys(store)
  return (member) => ({ ...member, online: online.has(member.id), waitsForKeys: waiting.has(member.id) })
}
