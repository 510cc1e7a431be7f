import { m } from '../../paraglide/messages.js'
import type { SessionSummary } from '../../protocol/log.ts'
import type { LogEvent, SessionEnd } from '../../protocol/log-event.ts'
import { topicName } from '../customer/permission-words.ts'
import { scoreName } from '../customer/score-words.ts'
import { bytesWords } from '../ui/bytes.ts'
import { elapsedWords } from '../ui/elapsed.tsx'
import { formatLocale } from '../ui/locale.ts'
import { isWebEvent, webWords } from './log-words.ts'

const figure = (count: number) => count.toLocaleString(formatLocale())

/** A line of what happened within a session. */
export function withinWords(event: LogEvent): string {
  if (isWebEvent(event)) return webWords(event)
  switch (event.what) {
    case 'session-began':
      return m.log_session_began()
    case 'session-ended':
      return endWords(event)
    case 'consent':
      return CONSENT[event.outcome]({ topic: topicName(event.topic) })
    case 'recording-began':
      return m.log_recording_began()
    case 'recording-ended':
      return m.log_recording_ended({ length: elapsedWords(event.durationMs) })
    case 'call-began':
      return m.log_call_began()
    case 'call-ended':
      return m.log_call_ended({ length: elapsedWords(event.durationMs) })
    case 'snapshot':
      return m.log_snapshot()
    case 'files': {
      const blanks = { count: figure(event.count), size: bytesWords(event.bytes) }
      if (event.outcome === 'refused') return m.log_files_refused(blanks)
      if (event.outcome === 'cancelled') return m.log_files_cancelled(blanks)
      return event.direction === 'sent' ? m.log_files_sent_done(blanks) : m.log_files_received_done(blanks)
    }
    case 'route':
      return routeWords(event.route)
    case 'rated':
      return m.log_rated({ rating: scoreName(event.score) })
  }
}

const CONSENT = {
  granted: m.log_consent_granted,
  refused: m.log_consent_refused,
  withdrawn: m.log_consent_withdrawn,
  ended: m.log_consent_ended,
}

const ENDS: Record<Exclude<SessionEnd, 'server-stopped'>, () => string> = {
  technician: m.log_end_technician,
  customer: m.log_end_customer,
  'handed-over': m.log_end_handed_over,
  'ticket-over': m.log_end_ticket_over,
  lost: m.log_end_lost,
}

export function endWords({ why, durationMs }: { why: SessionEnd; durationMs: number | null }): string {
  if (why === 'server-stopped') return durationMs === null ? m.log_end_server() : m.log_end_stopped()
  return ENDS[why]()
}

export function durationWords({ end }: SessionSummary): string {
  if (!end) return m.log_goes_on()
  return end.durationMs === null ? m.log_not_known() : elapsedWords(end.durationMs)
}

export function grantedWords({ granted }: SessionSummary): string {
  return granted.map(topicName).join(', ')
}

export function keptWords({ calls, recordings, snapshots, files, bytes }: SessionSummary): string {
  return [
    ...(calls > 0 ? [m.log_calls({ count: figure(calls) })] : []),
    ...(recordings > 0 ? [m.log_kept_recordings({ count: figure(recordings) })] : []),
    ...(snapshots > 0 ? [m.log_kept_snapshots({ count: figure(snapshots) })] : []),
    ...(files > 0 ? [m.log_kept_files({ count: figure(files), size: bytesWords(bytes) })] : []),
  ].join(' · ')
}

export function routeWords(route: 'direct' | 'relayed'): string {
  return route === 'direct' ? m.log_route_direct() : m.log_route_relayed()
}
