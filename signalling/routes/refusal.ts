import type { Context } from 'hono'
import { type Refusal, type RefusalCode, RefusedError } from '../../protocol/errors.ts'
import type { Services } from '../services.ts'

const STATUS = {
  malformed: 400,
  version: 400,
  unauthenticated: 401,
  'wrong-credentials': 401,
  'wrong-code': 401,
  forbidden: 403,
  'unknown-code': 404,
  'not-found': 404,
  'nobody-there': 404,
  'code-in-use': 409,
  conflict: 409,
  'name-taken': 409,
  'group-in-use': 409,
  'last-admin': 409,
  'no-mail': 409,
  'attended-elsewhere': 409,
  'dead-code': 410,
  'setup-over': 410,
  'code-over': 410,
  'invitation-over': 410,
  'reset-over': 410,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  quota: 507,
} as const satisfies Record<RefusalCode, number>

export function statusOf(code: RefusalCode): (typeof STATUS)[RefusalCode] {
  return STATUS[code]
}

/** The refusal as the reply: its body, its status and, where it says when again, `Retry-After` in whole seconds. */
export function refusalReply(c: Context, refusal: Refusal): Response {
  if (refusal.retryAfterMs !== undefined) c.header('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)))
  return c.json(refusal, statusOf(refusal.code))
}

/** What a route threw: a refusal, or something that broke and is nobody's business but the log's. */
export function errorReply({ log }: Pick<Services, 'log'>, error: Error, c: Context): Response {
  if (error instanceof RefusedError) return refusalReply(c, error.refusal)
  log.error({ err: error }, 'a request failed')
  return refusalReply(c, { code: 'unavailable' })
}
