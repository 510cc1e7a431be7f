import * as v from 'valibot'
import { Bytes16, Bytes32, Count, GroupId, TechnicianId, TicketId, Time } from './ids.ts'
import { MAX_SEALED_UPDATE, MAX_SNAPSHOT_PARTS } from './limits.ts'

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

/**
 * Drawn by the server for each entry. A server that was put back to an older state gives a number once more, but no stamp: whoever names
 * both learns whether what was read is still there.
 */
export const Stamp = v.pipe(Bytes16, v.brand('Stamp'))
export type Stamp = v.InferOutput<typeof Stamp>

/** `POST /api/rooms/:room/updates`. A member of the room. `quota` where its mailbox is full. */
export const AppendRequest = v.strictObject({ sealed: Sealed })
export type AppendRequest = v.InferOutput<typeof AppendRequest>
/** `before`: the stamp of the entry before it; null where it is the first one. */
export const AppendReply = v.strictObject({ seq: Seq, stamp: Stamp, before: v.nullable(Stamp) })
export type AppendReply = v.InferOutput<typeof AppendReply>

/** Drawn by the browser that makes the snapshot. */
export const SnapshotId = v.pipe(Bytes16, v.brand('SnapshotId'))
export type SnapshotId = v.InferOutput<typeof SnapshotId>

/** Counts the parts of a snapshot, from 0. */
export const SnapshotPart = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_SNAPSHOT_PARTS - 1))
export type SnapshotPart = v.InferOutput<typeof SnapshotPart>

/** From where somebody reads: after an entry, with its stamp; and where that is before the snapshot, from a part of it. */
export type PullFrom = {
  after: Seq
  stamp?: Stamp | undefined
  reading?: { snapshot: SnapshotId; part: SnapshotPart } | undefined
}

/**
 * `GET /api/rooms/:room/updates?after=SEQ&stamp=STAMP[&snapshot=ID&part=PART]`, without a stamp where SEQ is 0. A member of the room.
 * What came after, the oldest first, as much as fits into one answer: the parts of the snapshot for whoever asks from before it, then
 * entries.
 */
export const PullReply = v.strictObject({
  /** `anew`: there is no such entry, as the mailbox was put back to an older state or begun anew. All of it, from the beginning. */
  kind: v.picklist(['onward', 'anew']),
  /** What stands for all entries up to `upTo`, which had this stamp; null where nothing does. */
  snapshot: v.nullable(v.strictObject({ id: SnapshotId, upTo: Seq, stamp: Stamp, parts: Count, bytes: Count })),
  /** Of this snapshot, from the part on that was asked for; from 0 where that was of another one. */
  parts: v.array(Sealed),
  /** None before the last part. */
  entries: v.array(v.strictObject({ seq: Seq, stamp: Stamp, sealed: Sealed })),
  /** The newest number of the room. */
  head: Seq,
  /** Bytes that the mailbox holds of this room, and may hold. */
  bytes: v.number(),
  quota: v.number(),
})
export type PullReply = v.InferOutput<typeof PullReply>

/**
 * `POST /api/rooms/:room/snapshot`. A member of the room who has read everything up to `upTo`, one part after the other. With the last
 * one, what stood there until then makes way for all of them; before it they are seen by nobody. `conflict` where another snapshot
 * reaches as far or the entry `upTo` has another stamp (`upTo`), or another one is on its way, or this one was given up (`part`). `quota`.
 * 204.
 */
export const SnapshotRequest = v.strictObject({
  id: SnapshotId,
  upTo: v.pipe(Seq, v.minValue(1)),
  /** Of the entry `upTo`, as it was read. */
  stamp: Stamp,
  part: SnapshotPart,
  last: v.boolean(),
  sealed: Sealed,
})
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
