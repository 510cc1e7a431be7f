import * as v from 'valibot'
import { ConsentTopic } from './consent.ts'
import { FileRules } from './file-rules.ts'
import { Bytes16, Count, GroupId, Span, TechnicianId, Time } from './ids.ts'
import { MAX_EMPTIED_RANGES } from './limits.ts'
import { MediaStoreRequest } from './media-store.ts'
import { GroupSettings } from './people.ts'
import { Days, Retention } from './retention.ts'
import { TicketEvent } from './rooms.ts'
import { Score } from './score.ts'
import { ServiceTargets } from './service-level.ts'

/**
 * What the activity log can say happened: a tagged union for each of its lists. Counts, times and names as people and groups were called
 * then; never a word that was said, a code's secret half, a token or a file's name.
 */

/** Who did it. `customer`: the one of the row's ticket; `stranger`: somebody who had proven nothing; `server`: nobody, it does that by itself. */
export const LogActor = v.variant('kind', [
  v.strictObject({ kind: v.literal('technician'), id: TechnicianId, name: v.string() }),
  v.strictObject({ kind: v.literal('customer') }),
  v.strictObject({ kind: v.literal('stranger') }),
  v.strictObject({ kind: v.literal('server') }),
])
export type LogActor = v.InferOutput<typeof LogActor>

export const LogGroup = v.strictObject({ id: GroupId, name: v.string() })
export type LogGroup = v.InferOutput<typeof LogGroup>

/** The second step of a sign-in, or what led past the password. */
export const SignInWay = v.picklist(['password', 'app', 'email', 'recovery', 'invitation', 'setup'])
export type SignInWay = v.InferOutput<typeof SignInWay>

/** Accounts, groups, tickets and the log itself. `address`: an e-mail address that an admin invited. */
export const WebEvent = v.variant('what', [
  v.strictObject({ what: v.literal('set-up') }),
  v.strictObject({ what: v.literal('signed-in'), way: SignInWay }),
  v.strictObject({ what: v.literal('sign-in-failed'), step: v.picklist(['password', 'code']) }),
  v.strictObject({ what: v.literal('signed-out'), where: v.picklist(['here', 'elsewhere', 'everywhere']) }),
  v.strictObject({ what: v.literal('password-changed') }),
  v.strictObject({ what: v.literal('password-reset') }),
  v.strictObject({ what: v.literal('two-step-on'), way: v.picklist(['app', 'email']) }),
  v.strictObject({ what: v.literal('two-step-off') }),
  v.strictObject({ what: v.literal('recovery-codes-made') }),
  /** `before`: how one was called until then. */
  v.strictObject({ what: v.literal('name-changed'), before: v.string() }),
  v.strictObject({ what: v.literal('invited'), address: v.string(), admin: v.boolean(), twoStep: v.boolean() }),
  v.strictObject({ what: v.literal('invitation-resent'), address: v.string() }),
  v.strictObject({ what: v.literal('invitation-revoked'), address: v.string() }),
  v.strictObject({ what: v.literal('joined') }),
  v.strictObject({
    what: v.literal('rights-changed'),
    admin: v.optional(v.boolean()),
    twoStep: v.optional(v.boolean()),
    active: v.optional(v.boolean()),
  }),
  v.strictObject({ what: v.literal('group-created') }),
  /** `before`: its name until then. */
  v.strictObject({ what: v.literal('group-renamed'), before: v.string() }),
  v.strictObject({
    what: v.literal('group-set'),
    ...GroupSettings.entries,
    // Rows from before there were targets have none.
    ...v.partial(ServiceTargets).entries,
  }),
  v.strictObject({ what: v.literal('group-deleted') }),
  v.strictObject({ what: v.literal('member-added') }),
  v.strictObject({ what: v.literal('member-removed') }),
  /** `to`: where it was moved; the row's group is where it came from. */
  v.strictObject({ what: v.literal('ticket'), change: TicketEvent.entries.what, to: v.nullable(LogGroup) }),
  /** A ticket that was over, with all that belonged to it: by an admin, or by the server where its time was over. */
  v.strictObject({ what: v.literal('ticket-deleted') }),
  v.strictObject({
    what: v.literal('retention-set'),
    ...Retention.entries,
    // Rows from before images had days of their own have none.
    mediaDays: v.optional(Days),
  }),
  /** Images and recordings that were kept no longer: on the server, of the row's ticket; or, as it says, in a technician's browser. */
  v.strictObject({ what: v.literal('media-deleted'), where: v.picklist(['server', 'browser']), count: Count }),
  v.strictObject({ what: v.literal('file-rules-set'), ...FileRules.entries }),
  v.strictObject({ what: v.literal('rating-set'), asks: v.boolean() }),
  v.strictObject({ what: v.literal('media-store-set'), ...MediaStoreRequest.entries }),
  /** Rows of this log whose time was over. `all`: all that were until now, first and last of each run: any other that is empty was emptied by hand. */
  v.strictObject({
    what: v.literal('log-emptied'),
    rows: Count,
    // Rows from before that was kept have none.
    all: v.optional(v.pipe(v.array(v.tuple([Count, Count])), v.maxLength(MAX_EMPTIED_RANGES))),
  }),
  v.strictObject({ what: v.literal('exported'), list: v.picklist(['web', 'remote', 'resolved']) }),
  /** What only a browser can put together, by its word: everything or all images of the row's ticket, a report, or that browser's data. */
  v.strictObject({ what: v.literal('taken-away'), which: v.picklist(['ticket', 'images', 'report', 'backup']) }),
  /** An admin's browser got mails that nobody could send, and that it had not had before. */
  v.strictObject({ what: v.literal('outbox-read'), count: Count }),
  /** One of them was passed on by hand. */
  v.strictObject({ what: v.literal('outbox-done') }),
])
export type WebEvent = v.InferOutput<typeof WebEvent>

/** Why a session ended. `lost`: the connection went, and did not come back. */
export const SessionEnd = v.picklist(['technician', 'customer', 'handed-over', 'ticket-over', 'lost', 'server-stopped'])
export type SessionEnd = v.InferOutput<typeof SessionEnd>

/** A live connection of a technician and a customer, as the server sees it begin and end. */
export const SessionEvent = v.variant('what', [
  v.strictObject({ what: v.literal('session-began') }),
  /** `durationMs`: null where the server was not there to see the end. */
  v.strictObject({
    what: v.literal('session-ended'),
    began: Time,
    durationMs: v.nullable(Span),
    why: SessionEnd,
  }),
  /** The customer's answer to how it was; the last one counts. What was written beside it is not here. */
  v.strictObject({ what: v.literal('rated'), score: Score }),
])
export type SessionEvent = v.InferOutput<typeof SessionEvent>

/** What only the two browsers know of a session, as the technician's tells it. `id` names it, so that it is written once. */
export const ToldEvent = v.variant('what', [
  v.strictObject({
    what: v.literal('consent'),
    id: Bytes16,
    topic: ConsentTopic,
    outcome: v.picklist(['granted', 'refused', 'withdrawn', 'ended']),
  }),
  v.strictObject({ what: v.literal('recording-began'), id: Bytes16 }),
  v.strictObject({ what: v.literal('recording-ended'), id: Bytes16, durationMs: Span }),
  v.strictObject({ what: v.literal('call-began'), id: Bytes16 }),
  v.strictObject({ what: v.literal('call-ended'), id: Bytes16, durationMs: Span }),
  v.strictObject({ what: v.literal('snapshot'), id: Bytes16 }),
  v.strictObject({
    what: v.literal('files'),
    id: Bytes16,
    direction: v.picklist(['sent', 'received']),
    outcome: v.picklist(['done', 'refused', 'cancelled']),
    count: Count,
    bytes: Count,
  }),
  v.strictObject({ what: v.literal('route'), id: Bytes16, route: v.picklist(['direct', 'relayed']) }),
])
export type ToldEvent = v.InferOutput<typeof ToldEvent>

export const LogEvent = v.variant('what', [...WebEvent.options, ...SessionEvent.options, ...ToldEvent.options])
export type LogEvent = v.InferOutput<typeof LogEvent>
