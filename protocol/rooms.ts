import * as v from 'valibot'
import { Bytes32, GroupId, TechnicianId, TicketId, Time } from './ids.ts'
import { MAX_SEALED_UPDATE } from './limits.ts'

/**
 * Rooms: one shared Y.Doc each. Their updates rest sealed in the server's mailbox, and travel between technicians' browsers
 * (`mesh.ts`). `queue:GROUP` is for the group's members and the admins, `case:TICKET` and `board:TICKET` for the ticket's assignee,
 * its seconds and the admins.
 */

const ID = '[A-Za-z0-9_-]{22}'

export const RoomName = v.pipe(v.string(), v.regex(new RegExp(`^(queue|case|board):${ID}$`)), v.brand('RoomName'))
export type RoomName = v.InferOutput<typeof RoomName>

/** What a room belongs to. */
export type RoomOf = { kind: 'queue'; group: GroupId } | { kind: 'case' | 'board'; ticket: TicketId }

export function readRoom(room: RoomName): RoomOf {
  const [kind, id] = room.split(':')
  return kind === 'queue'
    ? { kind, group: v.parse(GroupId, id) }
    : { kind: kind === 'case' ? 'case' : 'board', ticket: v.parse(TicketId, id) }
}

export const queueRoom = (group: GroupId): RoomName => v.parse(RoomName, `queue:${group}`)
export const caseRoom = (ticket: TicketId): RoomName => v.parse(RoomName, `case:${ticket}`)
export const boardRoom = (ticket: TicketId): RoomName => v.parse(RoomName, `board:${ticket}`)
export const ticketRoom = ({ kind, ticket }: { kind: 'case' | 'board'; ticket: TicketId }): RoomName =>
  kind === 'case' ? caseRoom(ticket) : boardRoom(ticket)

/** Bytes that the server cannot read, base64url. What they open to is in `docs/PROTOCOL.md`, Rooms. */
export const Sealed = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.minLength(32), v.maxLength(MAX_SEALED_UPDATE))
export type Sealed = v.InferOutput<typeof Sealed>

/** Counts the entries of one room's mailbox, from 1, without gaps. */
export const Seq = v.pipe(v.number(), v.integer(), v.minValue(0))
export type Seq = v.InferOutput<typeof Seq>

/** `POST /api/rooms/:room/updates`. A member of the room. `quota` where its mailbox is full. */
export const AppendRequest = v.strictObject({ sealed: Sealed })
export type AppendRequest = v.InferOutput<typeof AppendRequest>
export const AppendReply = v.strictObject({ seq: Seq })
export type AppendReply = v.InferOutput<typeof AppendReply>

/**
 * `GET /api/rooms/:room/updates?after=SEQ`. A member of the room. What came after, the oldest first, as much as fits into one
 * answer. A snapshot stands for all entries up to its own number: it is the first entry for whoever asks from before it.
 */
export const PullReply = v.strictObject({
  entries: v.array(v.strictObject({ seq: Seq, snapshot: v.boolean(), sealed: Sealed })),
  /** The newest number of the room. Smaller than `after`: the mailbox was begun anew, ask from 0. */
  head: Seq,
  /** Bytes that the mailbox holds of this room, and may hold. */
  bytes: v.number(),
  quota: v.number(),
})
export type PullReply = v.InferOutput<typeof PullReply>

/**
 * `POST /api/rooms/:room/snapshot`. A member of the room who has read everything up to `upTo`: what stood there until then makes
 * way for it. `conflict` where another snapshot reaches as far. 204.
 */
export const SnapshotRequest = v.strictObject({ upTo: v.pipe(Seq, v.minValue(1)), sealed: Sealed })
export type SnapshotRequest = v.InferOutput<typeof SnapshotRequest>

/** A key of a room that another group sealed with, for the group to which its ticket was moved. */
export const EarlierKey = v.strictObject({
  group: GroupId,
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Of `case:TICKET` and of `board:TICKET`. */
  case: Bytes32,
  board: Bytes32,
})
export type EarlierKey = v.InferOutput<typeof EarlierKey>

/** One line of a ticket's timeline, as the server keeps it. `whom`: the assignee or the second; `group`: where it was moved. */
export const TicketEvent = v.strictObject({
  at: Time,
  /** Null: the server itself (time, silence, automatic assignment), or the customer. */
  by: v.nullable(TechnicianId),
  what: v.picklist([
    'created',
    'assigned',
    'unassigned',
    'moved',
    'second-invited',
    'second-left',
    'resolved',
    'reopened',
    'expired',
    'returned-after-silence',
    'assigned-automatically',
    'not-asked',
  ]),
  whom: v.nullable(TechnicianId),
  group: v.nullable(GroupId),
})
export type TicketEvent = v.InferOutput<typeof TicketEvent>
