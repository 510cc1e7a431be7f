import * as v from 'valibot'
import { Email, LinkToken, Name, SignInKey } from './account.ts'
import { Count, GroupId, InvitationId, Language, OutboxId, TechnicianId, Time } from './ids.ts'
import { PublicKey, Vault } from './keys.ts'
import { MAX_INVITATIONS } from './limits.ts'
import { ServiceTargets } from './service-level.ts'
import { SilentMinutes } from './ticket-cause.ts'

/** Groups, technicians and invitations over HTTP. */

/** How a group's queue runs by itself. */
export const GroupSettings = v.strictObject({
  /** Who gets a customer who waits on a ticket that nobody has: of those who are at their desk. */
  assignment: v.picklist(['off', 'round-robin', 'least-busy']),
  /** After so many minutes in which nothing was done for a waiting customer the ticket goes back to the queue; null: never. */
  silentMinutes: v.nullable(SilentMinutes),
  ...ServiceTargets.entries,
})
export type GroupSettings = v.InferOutput<typeof GroupSettings>

export const Group = v.strictObject({ id: GroupId, name: Name, ...GroupSettings.entries })
export type Group = v.InferOutput<typeof Group>

export const TechnicianRow = v.strictObject({
  id: TechnicianId,
  name: Name,
  email: v.string(),
  groups: v.array(GroupId),
  admin: v.boolean(),
  twoStep: v.strictObject({ on: v.boolean(), required: v.boolean() }),
  active: v.boolean(),
  /** A socket is open now. */
  online: v.boolean(),
  /** Null: has never signed in since the sign-up. */
  lastSeenAt: v.nullable(Time),
  /** Has no keys yet, or was not given those of each of its groups: waits for a colleague's browser. */
  waitsForKeys: v.boolean(),
})
export type TechnicianRow = v.InferOutput<typeof TechnicianRow>

/** Where the mail of an invitation is. `outbox`: it waits to be copied by an admin. */
export const Delivery = v.picklist(['queued', 'sent', 'failed', 'outbox'])
export type Delivery = v.InferOutput<typeof Delivery>

/** An invitation that was neither redeemed nor revoked. */
export const InvitationRow = v.strictObject({
  id: InvitationId,
  email: v.string(),
  groups: v.array(GroupId),
  admin: v.boolean(),
  twoStep: v.boolean(),
  language: Language,
  createdAt: Time,
  expiresAt: Time,
  delivery: Delivery,
})
export type InvitationRow = v.InferOutput<typeof InvitationRow>

/** `GET /api/people`. An admin: everybody. A technician: the own groups and who is in them; no invitations. */
export const PeopleReply = v.strictObject({
  groups: v.array(Group),
  technicians: v.array(TechnicianRow),
  invitations: v.array(InvitationRow),
})
export type PeopleReply = v.InferOutput<typeof PeopleReply>

/** `POST /api/groups`, and `POST /api/groups/:id` to rename. An admin. `name-taken` (case and accents aside). The reply is `Group`. */
export const GroupRequest = v.strictObject({ name: Name })
export type GroupRequest = v.InferOutput<typeof GroupRequest>

/** `POST /api/groups/:id/settings`. An admin. The reply is `Group`. */

/** `GET /api/groups`. A technician: every group, as somewhere to move a ticket to; its key is null until somebody made one. */
export const GroupsReply = v.strictObject({
  groups: v.array(v.strictObject({ id: GroupId, name: Name, publicKey: v.nullable(PublicKey) })),
})
export type GroupsReply = v.InferOutput<typeof GroupsReply>

/** `GET /api/groups/:id/use`. An admin: how many tickets keep the group from being deleted; expired ones don't. */
export const GroupUse = v.strictObject({ open: Count, resolved: Count })
export type GroupUse = v.InferOutput<typeof GroupUse>

/** `POST /api/groups/:id/delete`. An admin. `group-in-use` while it has technicians, invitations or tickets. 204. */

/** `POST /api/technicians/groups`. An admin. Adds and removes for all of them at once, or for none. The reply is `PeopleReply`. */
export const MoveRequest = v.strictObject({
  technicians: v.pipe(v.array(TechnicianId), v.minLength(1), v.maxLength(MAX_INVITATIONS)),
  add: v.pipe(v.array(GroupId), v.maxLength(100)),
  remove: v.pipe(v.array(GroupId), v.maxLength(1000)),
})
export type MoveRequest = v.InferOutput<typeof MoveRequest>

/**
 * `POST /api/technicians/:id`. An admin. `last-admin` where nobody would be left; `no-mail` where a second step is required of
 * somebody without an app and no mail server is configured. Deactivation ends sign-ins and sockets at once. The reply is `TechnicianRow`.
 */
export const ChangeTechnicianRequest = v.strictObject({
  admin: v.optional(v.boolean()),
  twoStepRequired: v.optional(v.boolean()),
  active: v.optional(v.boolean()),
})
export type ChangeTechnicianRequest = v.InferOutput<typeof ChangeTechnicianRequest>

/** One person to invite. `email` is any text here: each row has its own verdict, and a bad one harms no other. */
export const Invitee = v.strictObject({
  email: v.pipe(v.string(), v.maxLength(320)),
  groups: v.pipe(v.array(GroupId), v.maxLength(20)),
  admin: v.boolean(),
  twoStep: v.boolean(),
})
export type Invitee = v.InferOutput<typeof Invitee>

/** `POST /api/invitations`. An admin. */
export const InviteRequest = v.strictObject({
  /** Of the mails. */
  language: Language,
  invitees: v.pipe(v.array(Invitee), v.minLength(1), v.maxLength(MAX_INVITATIONS)),
})
export type InviteRequest = v.InferOutput<typeof InviteRequest>

export const InviteVerdict = v.picklist([
  'invited',
  /** Not an e-mail address, or one with characters that do not belong into a mail's header. */
  'malformed-address',
  /** The same address stands further up in this request. */
  'duplicate',
  /** A technician has this address already. */
  'already-technician',
  /** An invitation to this address is open already: resend or revoke that one. */
  'already-invited',
  /** A group of the row does not exist (any more). */
  'unknown-group',
  /** A second step is asked for, and no mail server is configured. */
  'no-mail',
])
export type InviteVerdict = v.InferOutput<typeof InviteVerdict>

export const InviteReply = v.strictObject({
  /** In the order of `invitees`. */
  verdicts: v.array(InviteVerdict),
})
export type InviteReply = v.InferOutput<typeof InviteReply>

/** `POST /api/invitations/:id/resend`: a new link, the one before is void. `POST /api/invitations/:id/revoke`: 204. An admin. */

/** `POST /api/invitations/look`. Whoever holds the link. `invitation-over` where it was redeemed, revoked or is too old. */
export const LookInvitationRequest = v.strictObject({ token: LinkToken })
export type LookInvitationRequest = v.InferOutput<typeof LookInvitationRequest>

export const InvitationReply = v.strictObject({
  email: Email,
  organisation: Name,
  /** Who invited. */
  inviter: Name,
  groups: v.array(Name),
  admin: v.boolean(),
  twoStep: v.boolean(),
  language: Language,
  expiresAt: Time,
})
export type InvitationReply = v.InferOutput<typeof InvitationReply>

/** `POST /api/invitations/redeem`. Whoever holds the link, once. The reply is `SignedIn`. */
export const RedeemInvitationRequest = v.strictObject({
  token: LinkToken,
  name: Name,
  language: Language,
  signInKey: SignInKey,
  vault: Vault,
})
export type RedeemInvitationRequest = v.InferOutput<typeof RedeemInvitationRequest>

/** `GET /api/outbox`. An admin: mails that no mail server took, the newest first. They are kept in memory only. */
export const OutboxReply = v.strictObject({
  mails: v.array(
    v.strictObject({ id: OutboxId, to: v.string(), subject: v.string(), text: v.string(), createdAt: Time }),
  ),
})
export type OutboxReply = v.InferOutput<typeof OutboxReply>

/** `POST /api/outbox/:id/done`. An admin: it was passed on. 204. */
