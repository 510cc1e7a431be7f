import type { HeldMessage } from '../../protocol/held.ts'
import type { SealedDetails } from '../../protocol/http.ts'
import type {
  GroupId,
  InvitationId,
  Language,
  Lookup,
  MessageId,
  TechnicianId,
  TicketId,
  Time,
} from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import type { LogList, LogSeq, LogSessionId } from '../../protocol/log.ts'
import type { LogEvent } from '../../protocol/log-event.ts'
import type { MediaId } from '../../protocol/media.ts'
import type { Delivery, GroupSettings } from '../../protocol/people.ts'
import type { RoomName, Sealed, Seq, SnapshotId, SnapshotPart, Stamp, TicketEvent } from '../../protocol/rooms.ts'
import type { Score } from '../../protocol/score.ts'
import type { TicketState } from '../../protocol/ticket.ts'
import type { TokenHash } from '../tokens.ts'

/** A truth as the database has it: SQLite gives 0 and 1, and takes it only as `true` and `false` in the SQL. */
export type Flag = boolean | 0 | 1

/** Our tables. Those of the accounts (`account`, `session`, `verification`) are better-auth's own, but for what we read of `user`. */
export type Schema = {
  /** One row, made with the database. */
  instance: { one: 1; id: string; organisation: string | null }
  /** At most one row: the setup link that works, or that was used (`used_at`). */
  setup: { one: 1; token_hash: TokenHash; created_at: Time; used_at: Time | null }
  tickets: {
    id: TicketId
    lookup: Lookup
    group_id: GroupId
    state: TicketState['kind']
    /** Kept when it ends. */
    assignee: TechnicianId | null
    assigned_at: Time | null
    created_by: TechnicianId
    created_at: Time
    /** Made, or reopened last; null: as `created_at`. */
    opened_at: Time | null
    /** The first answer since then. */
    answered_at: Time | null
    expires_at: Time
    /** Null while it is open. */
    ended_at: Time | null
    /** Who resolved it. */
    ended_by: TechnicianId | null
    /** Why it expired. */
    ended_why: 'withdrawn' | 'guessed' | 'time' | 'not-asked' | null
    details_kind: SealedDetails['kind'] | null
    details: Sealed | null
    /** Whether those were brought after it expired; what rested there before is older than what the queue had. */
    filed: 0 | 1
    version: number
  }
  /** What a customer left. `box`: sealed to the ticket's group. */
  held_messages: { ticket: TicketId; id: MessageId; box: HeldMessage['box']; created_at: Time }
  /** One line for each customer who was answered. */
  waits: { group_id: GroupId; ticket: TicketId; arrived_at: Time; answered_at: Time }
  ticket_seconds: { ticket: TicketId; technician: TechnicianId }
  /** Append-only. `version`: what the ticket became with it. */
  ticket_events: {
    ticket: TicketId
    version: number
    at: Time
    by_whom: TechnicianId | null
    what: TicketEvent['what']
    whom: TechnicianId | null
    group_id: GroupId | null
  }
  /** Customers' join tokens. */
  joins: {
    token_hash: TokenHash
    ticket: TicketId
    created_at: Time
    expires_at: Time
    /** Since when this customer is there and has nobody; null: is cared for, or gone. */
    unanswered_since: Time | null
  }
  /** better-auth's own, with our additional fields. */
  user: {
    id: TechnicianId
    name: string
    email: string
    admin: Flag
    active: Flag
    twoStepRequired: Flag
    twoStepOn: Flag
    language: Language
    lastSeenAt: Time | null
  }
  /** `folded`: the name without case and accents; no two are the same. */
  groups: {
    id: GroupId
    name: string
    folded: string
    created_at: Time
    assignment: GroupSettings['assignment']
    silent_minutes: number | null
    answer_minutes: number | null
    resolve_minutes: number | null
  }
  /** `given_at`: when a ticket of the group was last given to this one by itself. */
  memberships: { group_id: GroupId; technician: TechnicianId; given_at: Time | null }
  /** Open ones, and those that nobody took up in time. One that was redeemed or revoked is no longer there. */
  invitations: {
    id: InvitationId
    email: string
    token_hash: TokenHash
    admin: 0 | 1
    two_step: 0 | 1
    language: Language
    inviter: TechnicianId
    created_at: Time
    expires_at: Time
    delivery: Delivery
  }
  invitation_groups: { invitation: InvitationId; group_id: GroupId }
  vaults: { technician: TechnicianId; public_key: PublicKey; by_password: string; by_recovery_code: string }
  /** `readers`: JSON. A row goes with its group. */
  keyrings: {
    group_id: GroupId
    revision: number
    epoch: number
    public_key: PublicKey
    sealed: string
    readers: string
    sealed_at: Time
  }
  /** Links to reset a password: at most one for each account. */
  password_resets: { technician: TechnicianId; token_hash: TokenHash; expires_at: Time }
  /** What a technician's key made, so that the same request again makes nothing new. */
  idempotency: { technician: TechnicianId; key: string; ticket: TicketId; created_at: Time }
  /**
   * One for each room that something was written to. `head`: its newest number, and `stamp` the stamp of that entry; `snapshot`: how far
   * its snapshot reaches, or 0; `bytes`: of the snapshot, and of the entries that came after it.
   */
  rooms: {
    name: RoomName
    group_id: GroupId | null
    ticket: TicketId | null
    head: Seq
    /** Null in the moment before the first entry. */
    stamp: Stamp | null
    snapshot: Seq
    bytes: number
  }
  /** At most one of a room `stands` for all its entries up to `up_to`, which had the `stamp`, and one is on its way: it has so many parts, the last one of `at`. */
  snapshots: {
    room: RoomName
    id: SnapshotId
    up_to: Seq
    stamp: Stamp
    stands: 0 | 1
    parts: number
    bytes: number
    by_technician: TechnicianId
    at: Time
  }
  /** `size` in bytes. */
  snapshot_parts: { room: RoomName; id: SnapshotId; part: SnapshotPart; size: number; sealed: Uint8Array }
  /** Sealed updates that no snapshot stands for. `size` in bytes. */
  mailbox: {
    room: RoomName
    seq: Seq
    stamp: Stamp
    sealed: Uint8Array
    size: number
    by_technician: TechnicianId
    created_at: Time
  }
  /**
   * The activity log: append-only, chained by `signalling/log/chain.ts`. `payload`: JSON, as it was hashed; what stands behind it are copies
   * of what it says, to find it by. All of these are null in a row that was emptied when its time was over.
   */
  activity: {
    seq: LogSeq
    previous: string
    hash: string
    payload_hash: string
    payload: string | null
    at: Time | null
    list: LogList | null
    what: LogEvent['what'] | null
    by_whom: TechnicianId | null
    whom: TechnicianId | null
    group_id: GroupId | null
    ticket: TicketId | null
    session: LogSessionId | null
    /** What a browser tells once. */
    once: string | null
    words: string | null
    /** What the lists are put in order by: who and which group by name, and what happened. Null in what is in no list. */
    sort_who: string | null
    sort_group: string | null
    sort_kind: string | null
    /** Of a session's first row, as its later ones say; -1, nothing and 9 until then. Only the order comes from them: they are no copies. */
    sort_duration: number | null
    sort_end: string | null
    sort_rating: number | null
  }
  /** One for each session that a customer may rate, or has; `rated_at`, `score`: null until then. `box`: sealed words. */
  ratings: {
    session: LogSessionId
    ticket: TicketId
    group_id: GroupId
    technician: TechnicianId
    /** Of the customer's join, which is gone when the session is over. */
    token_hash: TokenHash
    began_at: Time
    rated_at: Time | null
    score: Score | null
    box: string | null
  }
  /** One row; null: for good. In days. */
  retention: { one: 1; ticket_days: number | null; media_days: number | null; log_days: number | null }
  /** One row. `largest` in bytes, null: as large as a transfer; `refused`: types with a space between them. */
  file_rules: { one: 1; largest: number | null; refused: string }
  /** One row: whether customers are asked how it was. */
  rating_setting: { one: 1; asks: 0 | 1 }
  deleted_tickets: { ticket: TicketId; at: Time }
  /** One row. */
  media_store: { one: 1; enabled: 0 | 1; quota_bytes: number }
  /** Images and recordings that rest with the server, or are on their way. `bytes`: before they were sealed; `have`: so many pieces of `pieces` are there. */
  media_files: {
    id: MediaId
    ticket: TicketId
    by_technician: TechnicianId
    bytes: number
    pieces: number
    have: number
    at: Time
    /** As who brought it says. */
    made_at: Time
    /** Deleted; the row stays until its pieces are. */
    gone_at: Time | null
  }
  /** One row: the newest of `activity`, which each that is appended takes and moves on. */
  activity_head: { one: 1; seq: LogSeq; hash: string }
}
