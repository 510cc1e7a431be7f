import { m } from '../../paraglide/messages.js'
import type { LogActor, LogEvent, SessionEvent, ToldEvent, WebEvent } from '../../protocol/log-event.ts'
import { bytesWords } from '../ui/bytes.ts'
import { unitWords } from '../ui/span-words.ts'

/** Who did it, by the name of that time. */
export function actorWords(by: LogActor): string {
  switch (by.kind) {
    case 'technician':
      return by.name || m.log_gone_name()
    case 'customer':
      return m.log_by_customer()
    case 'stranger':
      return m.log_by_stranger()
    case 'server':
      return m.log_by_server()
  }
}

type Of<What extends LogEvent['what']> = Extract<LogEvent, { what: What }>

const SIGNED_IN: Record<Of<'signed-in'>['way'], () => string> = {
  password: m.log_signed_in_password,
  app: m.log_signed_in_app,
  email: m.log_signed_in_email,
  recovery: m.log_signed_in_recovery,
  invitation: m.log_signed_in_link,
  setup: m.log_signed_in_link,
}

const SIGNED_OUT: Record<Of<'signed-out'>['where'], () => string> = {
  here: m.log_signed_out,
  elsewhere: m.log_signed_out_elsewhere,
  everywhere: m.log_signed_out_everywhere,
}

const EXPORTED: Record<Of<'exported'>['list'], () => string> = {
  web: m.log_exported_web,
  remote: m.log_exported_remote,
  resolved: m.log_exported_resolved,
}

const TAKEN_AWAY: Record<Of<'taken-away'>['which'], () => string> = {
  ticket: m.log_taken_ticket,
  images: m.log_taken_images,
  report: m.log_taken_report,
  backup: m.log_taken_backup,
}

const TICKET: Record<Exclude<Of<'ticket'>['change'], 'moved'>, () => string> = {
  created: m.log_ticket_created,
  assigned: m.log_ticket_assigned,
  unassigned: m.log_ticket_unassigned,
  'second-invited': m.log_ticket_second_invited,
  'second-left': m.log_ticket_second_left,
  resolved: m.log_ticket_resolved,
  reopened: m.log_ticket_reopened,
  expired: m.log_ticket_expired,
  'returned-after-silence': m.log_ticket_silence,
  'assigned-automatically': m.log_ticket_automatic,
  'not-asked': m.log_ticket_not_asked,
}

type Plain = Exclude<
  WebEvent['what'],
  | 'signed-in'
  | 'sign-in-failed'
  | 'signed-out'
  | 'two-step-on'
  | 'invited'
  | 'rights-changed'
  | 'group-renamed'
  | 'name-changed'
  | 'ticket'
  | 'retention-set'
  | 'file-rules-set'
  | 'media-store-set'
  | 'rating-set'
  | 'media-deleted'
  | 'log-emptied'
  | 'exported'
  | 'taken-away'
  | 'outbox-read'
>

/** What happened where the kind says it all. */
const PLAIN: Record<Plain, () => string> = {
  'set-up': m.log_set_up,
  'password-changed': m.log_password_changed,
  'password-reset': m.log_password_reset,
  'two-step-off': m.log_two_step_off,
  'recovery-codes-made': m.log_recovery_codes,
  'invitation-resent': m.log_invitation_resent,
  'invitation-revoked': m.log_invitation_revoked,
  joined: m.log_joined,
  'group-created': m.log_group_created,
  'group-set': m.log_group_set,
  'group-deleted': m.log_group_deleted,
  'member-added': m.log_member_added,
  'member-removed': m.log_member_removed,
  'ticket-deleted': m.log_ticket_deleted,
  'outbox-done': m.log_outbox_done,
}

/** What somebody did, said of the one in the column before. */
export function webWords(event: WebEvent): string {
  switch (event.what) {
    case 'signed-in':
      return SIGNED_IN[event.way]()
    case 'sign-in-failed':
      return event.step === 'password' ? m.log_failed_password() : m.log_failed_code()
    case 'signed-out':
      return SIGNED_OUT[event.where]()
    case 'two-step-on':
      return event.way === 'app' ? m.log_two_step_on_app() : m.log_two_step_on_email()
    case 'invited':
      return event.admin ? m.log_invited_admin() : m.log_invited()
    case 'rights-changed':
      return m.log_rights({ changes: rightsWords(event).join(', ') })
    case 'name-changed':
      return m.log_name_changed({ before: event.before })
    case 'group-renamed':
      return m.log_group_renamed({ before: event.before })
    case 'ticket':
      return event.change === 'moved' ? m.log_ticket_moved({ group: event.to?.name ?? '' }) : TICKET[event.change]()
    case 'media-store-set':
      return event.on ? m.log_media_store_on({ quota: bytesWords(event.quotaBytes) }) : m.log_media_store_off()
    case 'rating-set':
      return event.asks ? m.log_rating_set_on() : m.log_rating_set_off()
    case 'retention-set':
      return m.log_retention_set({
        tickets: keptWords(event.ticketDays),
        media: event.mediaDays ? keptWords(event.mediaDays) : m.retention_with_ticket(),
        rows: keptWords(event.logDays),
      })
    case 'media-deleted':
      return event.where === 'server'
        ? m.log_media_deleted({ count: event.count })
        : m.log_media_deleted_browser({ count: event.count })
    case 'file-rules-set':
      return m.log_file_rules_set({
        size: event.largest === null ? m.file_rules_any_size() : bytesWords(event.largest),
        types: event.refused.join(', ') || m.file_rules_no_types(),
      })
    case 'log-emptied':
      return m.log_emptied({ rows: event.rows })
    case 'exported':
      return EXPORTED[event.list]()
    case 'taken-away':
      return TAKEN_AWAY[event.which]()
    case 'outbox-read':
      return m.log_outbox_read({ count: event.count })
    default:
      return PLAIN[event.what]()
  }
}

function rightsWords({ admin, twoStep, active }: Of<'rights-changed'>): string[] {
  const words = (value: boolean | undefined, on: () => string, off: () => string) =>
    value === undefined ? [] : [value ? on() : off()]
  return [
    ...words(admin, m.log_right_admin, m.log_right_no_admin),
    ...words(twoStep, m.log_right_two_step, m.log_right_no_two_step),
    ...words(active, m.log_right_active, m.log_right_inactive),
  ]
}

/** `90 days`, or that it is for good. */
function keptWords(days: number | null): string {
  return days === null ? m.retention_for_good() : unitWords(days, 'day')
}

/** Whether a row of the web activity says it. */
export function isWebEvent(event: LogEvent): event is WebEvent {
  return !NOT_WEB.has(event.what)
}

const NOT_WEB = new Set<LogEvent['what']>([
  'session-began',
  'session-ended',
  'consent',
  'recording-began',
  'recording-ended',
  'call-began',
  'call-ended',
  'snapshot',
  'files',
  'route',
  'rated',
] satisfies (ToldEvent['what'] | SessionEvent['what'])[])
