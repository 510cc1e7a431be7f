import * as v from 'valibot'
import { plain } from '../../../desk/search.ts'
import { Group, InvitationRow, PeopleReply, TechnicianRow } from '../../../protocol/people.ts'

/** A group whose id is made of its name. */
export function group(name: string): Group {
  const id = name.replace(/[^A-Za-z0-9]/g, '').padStart(22, 'A')
  return v.parse(Group, { id, name, assignment: 'off', silentMinutes: null, answerMinutes: null, resolveMinutes: null })
}

/** An active technician of the groups; `name` makes id and address. */
export function technician(name: string, groups: readonly Group[] = [], changes: Partial<TechnicianRow> = {}) {
  return v.parse(TechnicianRow, {
    id: plain(name),
    name,
    email: `${plain(name)}@acme.example`,
    groups: groups.map(({ id }) => id),
    admin: false,
    twoStep: { on: false, required: false },
    active: true,
    online: false,
    lastSeenAt: 1000,
    waitsForKeys: false,
    ...changes,
  })
}

export function invitation(email: string, groups: readonly Group[] = []): InvitationRow {
  return v.parse(InvitationRow, {
    id: email.replace(/[^A-Za-z0-9]/g, '').padStart(22, 'I'),
    email,
    groups: groups.map(({ id }) => id),
    admin: false,
    twoStep: false,
    language: 'en',
    createdAt: 1000,
    expiresAt: 2000,
    delivery: 'sent',
  })
}

export function reply(parts: Partial<PeopleReply> = {}): PeopleReply {
  return v.parse(PeopleReply, { groups: [], technicians: [], invitations: [], ...parts })
}
