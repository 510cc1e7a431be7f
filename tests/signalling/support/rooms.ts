import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { SignedIn } from '../../../protocol/account.ts'
import { type TicketChange, TicketReply } from '../../../protocol/http.ts'
import type { GroupId } from '../../../protocol/ids.ts'
import { AppendReply, PullReply, queueRoom, type RoomName } from '../../../protocol/rooms.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import type { Limits } from '../../../signalling/limits.ts'
import { addGroup } from './people.ts'
import { addColleague, type Reply, type Running, serveReady } from './server.ts'

type Admin = Pick<Running, 'ask'> & { token: string }

/** A server with a group, two who are in it, and one who is not. The admin is in none. */
export async function serveGroup(limits: Partial<Limits> = {}) {
  const server = await serveReady({ limits })
  const [grace, linus, stranger] = [
    await addColleague(server, false),
    await addColleague(server, false),
    await addColleague(server, false),
  ]
  const group = (await addGroup(server, 'Network')).id
  await join(server, group, grace, linus)
  return { ...server, group, room: queueRoom(group), grace, linus, stranger }
}

export async function join(server: Admin, group: GroupId, ...who: SignedIn[]): Promise<void> {
  const technicians = who.map(({ me }) => me.id)
  await server.ask('/api/technicians/groups', { technicians, add: [group], remove: [] }, server.token)
}

export async function moveOut(server: Admin, group: GroupId, who: SignedIn): Promise<void> {
  await server.ask('/api/technicians/groups', { technicians: [who.me.id], add: [], remove: [group] }, server.token)
}

/** An open ticket of the group that its creator has. */
export async function openTicket(server: Pick<Running, 'ask'>, group: GroupId, by: SignedIn): Promise<TicketHeader> {
  const key = randomBytes(16).toString('base64url')
  const { body } = await server.ask('/api/tickets', { key, group, assignee: by.me.id }, by.token)
  return v.parse(TicketReply, body).ticket
}

export async function change(
  server: Pick<Running, 'ask'>,
  ticket: TicketHeader,
  change: Record<string, unknown> & Pick<TicketChange, 'kind'>,
  token: string,
): Promise<TicketHeader> {
  const key = randomBytes(16).toString('base64url')
  const ask = { version: ticket.version, key, change }
  const { body } = await server.ask(`/api/tickets/${ticket.id}/changes`, ask, token)
  return v.parse(TicketReply, body).ticket
}

const pathOf = (room: RoomName) => `/api/rooms/${encodeURIComponent(room)}`

/** So many bytes as the server takes them: it cannot tell that nobody sealed them. */
export function sealedOf(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}

export async function tryAppend(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  sealed: string,
  token?: string,
): Promise<Reply> {
  return await server.ask(`${pathOf(room)}/updates`, { sealed }, token)
}

/** @returns the number of the entry. */
export async function append(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  sealed: string,
  token: string,
): Promise<number> {
  return v.parse(AppendReply, (await tryAppend(server, room, sealed, token)).body).seq
}

export async function tryPull(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  after: number,
  token?: string,
  reading = '',
): Promise<Reply> {
  return await server.ask(`${pathOf(room)}/updates?after=${after}${reading}`, undefined, token)
}

/** @param reading where one goes on with a snapshot */
export async function pull(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  after: number,
  token: string,
  reading?: { snapshot: string; part: number },
): Promise<PullReply> {
  const rest = reading && `&snapshot=${reading.snapshot}&part=${reading.part}`
  return v.parse(PullReply, (await tryPull(server, room, after, token, rest)).body)
}

export const drawSnapshot = (): string => randomBytes(16).toString('base64url')

/** A part of a snapshot; by itself it is a snapshot in one part. */
export async function trySnapshot(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  part: { upTo: number; sealed: string; id?: string; part?: number; last?: boolean },
  token?: string,
): Promise<Reply> {
  return await server.ask(`${pathOf(room)}/snapshot`, { id: drawSnapshot(), part: 0, last: true, ...part }, token)
}
