import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { SignedIn } from '../../../protocol/account.ts'
import { type TicketChange, TicketReply } from '../../../protocol/http.ts'
import type { GroupId } from '../../../protocol/ids.ts'
import { AppendReply, PullReply, queueRoom, type RoomName, type Stamp } from '../../../protocol/rooms.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import type { Limits } from '../../../signalling/limits.ts'
import { addGroup } from './people.ts'
import { addColleague, type FreshServer, type Reply, type Running, servePrepared, setUp } from './server.ts'

type Admin = Pick<Running, 'ask'> & { token: string }

/** A server with a group, two who are in it, and one who is not. The admin is in none. */
export async function serveGroup(limits: Partial<Limits> = {}) {
  return await servePrepared('a group', fillGroup, { limits })
}

async function fillGroup(fresh: FreshServer) {
  const server = { ...fresh, ...(await setUp(fresh)) }
  const [grace, linus, stranger] = [
    await addColleague(server, false),
    await addColleague(server, false),
    await addColleague(server, false),
  ]
  const group = (await addGroup(server, 'Network')).id
  await join(server, group, grace, linus)
  const { token, me } = server
  return { token, me, group, room: queueRoom(group), grace, linus, stranger }
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

/** As one who read so far. @param reading where one goes on with a snapshot */
export async function pull(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  after: number,
  token: string,
  reading?: { snapshot: string; part: number },
): Promise<PullReply> {
  const rest = reading ? `&snapshot=${reading.snapshot}&part=${reading.part}` : ''
  return await pullAt(server, room, { after, stamp: await stampOf(server, room, after, token) }, token, rest)
}

/** @param stamp of the entry that is named */
export async function pullAt(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  { after, stamp }: { after: number; stamp: Stamp | undefined },
  token?: string,
  rest = '',
): Promise<PullReply> {
  const query = stamp === undefined ? rest : `&stamp=${stamp}${rest}`
  return v.parse(PullReply, (await tryPull(server, room, after, token, query)).body)
}

/** Of an entry that is there, or just up to which the snapshot reaches. */
export async function stampOf(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  seq: number,
  token?: string,
): Promise<Stamp | undefined> {
  if ((await tryPull(server, room, 0, token)).status !== 200) return undefined
  for (let place: { after: number; stamp: Stamp | undefined } = { after: 0, stamp: undefined }; place.after < seq; ) {
    const { snapshot, entries } = await pullAt(server, room, place, token)
    if (snapshot?.upTo === seq) return snapshot.stamp
    const found = entries.find((entry) => entry.seq === seq)
    const last = entries.at(-1)
    if (found || !last) return found?.stamp
    place = { after: last.seq, stamp: last.stamp }
  }
  return undefined
}

export const drawSnapshot = (): string => randomBytes(16).toString('base64url')

/** A part of a snapshot; by itself it is a snapshot in one part. @param part `stamp`: where it is not that of the entry */
export async function trySnapshot(
  server: Pick<Running, 'ask'>,
  room: RoomName,
  part: { upTo: number; sealed: string; id?: string; part?: number; last?: boolean; stamp?: string },
  token?: string,
): Promise<Reply> {
  const stamp = part.stamp ?? (await stampOf(server, room, part.upTo, token)) ?? drawSnapshot()
  return await server.ask(
    `${pathOf(room)}/snapshot`,
    { id: drawSnapshot(), part: 0, last: true, stamp, ...part },
    token,
  )
}
