import * as v from 'valibot'
import type { GroupId, InvitationId, OutboxId, TechnicianId } from '../../protocol/ids.ts'
import {
  type ChangeTechnicianRequest,
  Group,
  type GroupRequest,
  type GroupSettings,
  GroupUse,
  InviteReply,
  type InviteRequest,
  type MoveRequest,
  OutboxReply,
  PeopleReply,
  TechnicianRow,
} from '../../protocol/people.ts'
import type { ServerClient } from './server.ts'

const NOTHING = v.unknown()

/** The routes about groups, technicians, invitations and waiting mails. They refuse as all of `ServerClient` do. */
export function serverPeople(server: ServerClient) {
  const post = <S extends v.GenericSchema>(path: string, reply: S, body: unknown, signal?: AbortSignal) =>
    server.call(path, { method: 'POST', body, reply, signal })
  return {
    people: (signal?: AbortSignal) => server.call('/api/people', { reply: PeopleReply, signal }),
    createGroup: (body: GroupRequest, signal?: AbortSignal) => post('/api/groups', Group, body, signal),
    renameGroup: (id: GroupId, body: GroupRequest, signal?: AbortSignal) =>
      post(`/api/groups/${id}`, Group, body, signal),
    setGroup: (id: GroupId, body: GroupSettings, signal?: AbortSignal) =>
      post(`/api/groups/${id}/settings`, Group, body, signal),
    groupUse: (id: GroupId, signal?: AbortSignal) => server.call(`/api/groups/${id}/use`, { reply: GroupUse, signal }),
    deleteGroup: (id: GroupId, signal?: AbortSignal) => post(`/api/groups/${id}/delete`, NOTHING, undefined, signal),
    move: (body: MoveRequest, signal?: AbortSignal) => post('/api/technicians/groups', PeopleReply, body, signal),
    changeTechnician: (id: TechnicianId, body: ChangeTechnicianRequest, signal?: AbortSignal) =>
      post(`/api/technicians/${id}`, TechnicianRow, body, signal),
    invite: (body: InviteRequest, signal?: AbortSignal) => post('/api/invitations', InviteReply, body, signal),
    resendInvitation: (id: InvitationId, signal?: AbortSignal) =>
      post(`/api/invitations/${id}/resend`, NOTHING, undefined, signal),
    revokeInvitation: (id: InvitationId, signal?: AbortSignal) =>
      post(`/api/invitations/${id}/revoke`, NOTHING, undefined, signal),
    outbox: (signal?: AbortSignal) => server.call('/api/outbox', { reply: OutboxReply, signal }),
    mailPassedOn: (id: OutboxId, signal?: AbortSignal) => post(`/api/outbox/${id}/done`, NOTHING, undefined, signal),
  }
}
export type ServerPeople = ReturnType<typeof serverPeople>
