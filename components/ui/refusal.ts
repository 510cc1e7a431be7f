import { m } from '../../paraglide/messages.js'
import type { Refusal, RefusalCode } from '../../protocol/errors.ts'

const sentences: Record<RefusalCode, (wait: string) => string> = {
  malformed: () => m.refusal_malformed(),
  'too-large': () => m.refusal_too_large(),
  'too-many': (wait) => m.refusal_too_many({ wait }),
  unauthenticated: () => m.refusal_unauthenticated(),
  forbidden: () => m.refusal_forbidden(),
  'wrong-credentials': () => m.refusal_wrong_credentials(),
  'unknown-code': () => m.refusal_unknown_code(),
  'dead-code': () => m.refusal_dead_code(),
  'code-in-use': () => m.refusal_code_in_use(),
  'setup-over': () => m.refusal_setup_over(),
  'wrong-code': () => m.refusal_wrong_code(),
  'code-over': () => m.refusal_code_over(),
  'invitation-over': () => m.refusal_invitation_over(),
  'reset-over': () => m.refusal_reset_over(),
  'name-taken': () => m.refusal_name_taken(),
  'group-in-use': () => m.refusal_group_in_use(),
  'last-admin': () => m.refusal_last_admin(),
  'no-mail': () => m.refusal_no_mail(),
  'not-found': () => m.refusal_not_found(),
  quota: () => m.refusal_quota(),
  conflict: () => m.refusal_conflict(),
  'attended-elsewhere': () => m.refusal_attended_elsewhere(),
  'nobody-there': () => m.refusal_nobody_there(),
  version: () => m.refusal_version(),
  unavailable: () => m.refusal_unavailable(),
}

/** The sentence that a person reads for a refusal. */
export function refusalSentence(refusal: Refusal): string {
  return sentences[refusal.code](waitWords(refusal.retryAfterMs ?? 60_000))
}

/** A wait in words, rounded up: whole seconds below two minutes, whole minutes above. `ms` in milliseconds. */
export function waitWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  return seconds < 120 ? m.wait_seconds({ count: seconds }) : m.wait_minutes({ count: Math.ceil(seconds / 60) })
}
