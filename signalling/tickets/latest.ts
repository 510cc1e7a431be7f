import type { Time } from '../../protocol/ids.ts'
import type { TicketHeader } from '../../protocol/ticket.ts'
import type { Live } from './live.ts'

/** No answer of the database is older than this when it is used. */
const KEPT_MS = 60_000

/** A ticket became this. Whoever reads it from the database at the same moment may yet find what it was before. */
export function noteLatest({ latest }: Pick<Live, 'latest'>, header: TicketHeader, at: Time): void {
  // The newest stands last.
  latest.delete(header.id)
  latest.set(header.id, { header, at })
  for (const [id, known] of latest) {
    if (known.at + KEPT_MS > at) break
    latest.delete(id)
  }
}

/** The ticket as it was read, or as it became meanwhile. Ask at the moment at which something hangs on it. */
export function latestOf({ latest }: Pick<Live, 'latest'>, read: TicketHeader): TicketHeader {
  const known = latest.get(read.id)?.header
  return known && known.version > read.version ? known : read
}
