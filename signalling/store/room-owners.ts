import type { Kysely } from 'kysely'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import { type RoomName, readRoom } from '../../protocol/rooms.ts'
import type { RoomOwner } from '../rooms/rights.ts'
import { findGroups } from './groups.ts'
import type { Schema } from './schema.ts'
import { toTickets } from './ticket-rows.ts'

/** What the room belongs to; undefined where there is no such group or ticket. */
export async function findRoomOwner(db: Kysely<Schema>, room: RoomName): Promise<RoomOwner | undefined> {
  return (await findRoomOwners(db, [room])).get(room)
}

/** The same of many rooms at once. */
export async function findRoomOwners(
  db: Kysely<Schema>,
  rooms: readonly RoomName[],
): Promise<Map<RoomName, RoomOwner>> {
  const groupOf = new Map<RoomName, GroupId>()
  const ticketOf = new Map<RoomName, TicketId>()
  for (const room of rooms) {
    const of = readRoom(room)
    if (of.kind === 'queue') groupOf.set(room, of.group)
    else ticketOf.set(room, of.ticket)
  }
  const groups = new Set((await findGroups(db, [...new Set(groupOf.values())])).map(({ id }) => id))
  const tickets = await findTickets(db, [...new Set(ticketOf.values())])
  const owners = new Map<RoomName, RoomOwner>()
  for (const [room, group] of groupOf) if (groups.has(group)) owners.set(room, { kind: 'group', group })
  for (const [room, id] of ticketOf) {
    const ticket = tickets.get(id)
    if (ticket) owners.set(room, { kind: 'ticket', ticket })
  }
  return owners
}

async function findTickets(db: Kysely<Schema>, ids: readonly TicketId[]) {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('tickets').selectAll().where('id', 'in', ids).execute()
  return new Map((await toTickets(db, rows)).map((ticket) => [ticket.id, ticket]))
}
