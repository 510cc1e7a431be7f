import { StartError, systemErrorCode } from '../start-error.ts'

/** Where a database is, without the password: this may be shown. */
export type Place = { host: string; port: number; user: string | undefined; database: string | undefined }

const SILENT = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
])

/** Why PostgreSQL could not be used, as one sentence for the operator. */
export function explain(error: unknown, place: Place): StartError {
  return new StartError(`DATABASE_URL: ${sentence(error, place)}`, error)
}

function sentence(error: unknown, { host, port, user, database }: Place): string {
  const code = systemErrorCode(error)
  const at = host.startsWith('/') ? host : `${host}:${port}`
  if (code !== undefined && SILENT.has(code))
    return `no PostgreSQL answers at ${at} (${code}): start it, or correct the address.`
  if (isTimeout(error)) return `no PostgreSQL answers at ${at} in time: start it, or correct the address.`
  switch (code) {
    case '28P01':
      return `PostgreSQL at ${at} does not take this password of the user "${user}": correct it.`
    case '28000':
      return `PostgreSQL at ${at} does not let the user "${user}" in: create the user, or allow it in pg_hba.conf.`
    case '3D000':
      return `PostgreSQL at ${at} has no database "${database}": create it, owned by the user "${user}".`
    case '57P03':
      return `PostgreSQL at ${at} is starting or stopping: try again.`
    case '53300':
      return `PostgreSQL at ${at} has no connection left (max_connections): allow 12 more.`
    default:
      return `the database "${database}" at ${at} cannot be used: ${databaseReason(error)}.`
  }
}

/** What may be shown of an error that a statement met. */
export function databaseReason(error: unknown): string {
  if (systemErrorCode(error) === '42501') return 'this user may not make tables there, so let it own the database'
  return error instanceof Error && error.message !== '' ? error.message : 'the reason is not known'
}

/** `pg` gives these no code. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && /timeout/i.test(error.message)
}
