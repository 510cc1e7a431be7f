import type { Time } from '../../protocol/ids.ts'
import { every } from '../every.ts'
import type { Services } from '../services.ts'
import { writeLog } from '../store/log.ts'
import { deleteTicket, emptyLog, listEnded, readRetention } from '../store/retention.ts'
import { tellDeleted } from './deleting.ts'

/** So much goes in one step, between which everything else has its turn. */
const TICKETS_AT_ONCE = 50
const ROWS_AT_ONCE = 2_000

/** Deletes what is kept no longer, until the signal. */
export function startRetention(services: Services, signal: AbortSignal): void {
  const { config, log } = services
  const failed = 'what is over its time could not be deleted'
  every({ everyMs: config.limits.retentionMs, failed, log, run: () => keep(services, Date.now(), signal) }, signal)
}

/** One run. What it took away is in the log, where it took away anything. */
async function keep({ store, live }: Pick<Services, 'store' | 'live'>, now: Time, signal: AbortSignal): Promise<void> {
  const { ticketDays, logDays } = await readRetention(store.db)
  let tickets = 0
  while (ticketDays !== null && !signal.aborted) {
    const over = await listEnded(store.db, ticketDays, now, TICKETS_AT_ONCE)
    for (const ticket of over) {
      const deleted = await store.db.transaction().execute((trx) => deleteTicket(trx, ticket.id, now))
      if (!deleted) continue
      tickets += 1
      tellDeleted(live, ticket)
    }
    if (over.length < TICKETS_AT_ONCE) break
  }
  let rows = 0
  while (logDays !== null && !signal.aborted) {
    const emptied = await emptyLog(store.db, logDays, now, ROWS_AT_ONCE)
    rows += emptied
    if (emptied < ROWS_AT_ONCE) break
  }
  if (tickets + rows === 0) return
  await writeLog(store.db, { at: now, by: { kind: 'server' }, event: { what: 'retention-ran', tickets, rows } })
}
