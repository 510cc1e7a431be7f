import { setImmediate } from 'node:timers/promises'
import type { Time } from '../../protocol/ids.ts'
import { every } from '../every.ts'
import { withRows } from '../log/emptied.ts'
import type { Services } from '../services.ts'
import { writeLog } from '../store/log.ts'
import { endOlderMedia } from '../store/media.ts'
import { emptyRows, endedBefore, listEnded, listOlderRows, readEmptied, readRetention } from '../store/retention.ts'
import { deleteForGood } from './deleting.ts'

/** So much goes in one step. */
const TICKETS_AT_ONCE = 50
const MEDIA_AT_ONCE = 200
const ROWS_AT_ONCE = 1_000

/** Deletes what is kept no longer, until the signal. The first run comes a while after the start: until then an admin can have it otherwise. */
export function startRetention(services: Services, signal: AbortSignal): void {
  const { config, log } = services
  const failed = 'what is over its time could not be deleted'
  every({ everyMs: config.limits.retentionMs, failed, log, run: () => run(services, Date.now(), signal) }, signal)
}

async function run(services: Services, now: Time, signal: AbortSignal): Promise<void> {
  const { ticketDays, mediaDays, logDays } = await readRetention(services.store.db)
  if (ticketDays !== null) await deleteTickets(services, endedBefore(ticketDays, now), now, signal)
  if (mediaDays !== null) await deleteMedia(services, endedBefore(mediaDays, now), now, signal)
  if (logDays !== null) await emptyOlder(services, endedBefore(logDays, now), now, signal)
}

/** The database answers within the same turn of the loop: everything else has its turn between two tickets. */
async function deleteTickets(services: Services, before: Time, now: Time, signal: AbortSignal): Promise<void> {
  for (;;) {
    const over = await listEnded(services.store.db, before, TICKETS_AT_ONCE)
    for (const ticket of over) {
      await setImmediate()
      if (signal.aborted) return
      await deleteForGood(services, ticket, { kind: 'server' }, now)
    }
    if (over.length < TICKETS_AT_ONCE) return
  }
}

/** The pieces follow (`media/sweeping.ts`); the browsers delete theirs by themselves. */
async function deleteMedia({ store }: Services, before: Time, now: Time, signal: AbortSignal): Promise<void> {
  for (;;) {
    await setImmediate()
    if (signal.aborted) return
    const ended = await store.db.transaction().execute(async (trx) => {
      const tickets = await endOlderMedia(trx, before, MEDIA_AT_ONCE, now)
      for (const { ticket, group = null, count } of tickets) {
        const event = { what: 'media-deleted', where: 'server', count } as const
        await writeLog(trx, { at: now, by: { kind: 'server' }, group, ...(ticket && { ticket }), event })
      }
      return tickets.reduce((sum, { count }) => sum + count, 0)
    })
    if (ended < MEDIA_AT_ONCE) return
  }
}

/** Each step and the word of it are there together or not at all. */
async function emptyOlder({ store }: Services, before: Time, now: Time, signal: AbortSignal): Promise<void> {
  for (;;) {
    await setImmediate()
    if (signal.aborted) return
    const rows = await store.db.transaction().execute(async (trx) => {
      const older = await listOlderRows(trx, before, ROWS_AT_ONCE)
      if (older.length === 0) return 0
      // The row that says it may be among those that go.
      const all = [...withRows(await readEmptied(trx), older)].map(([first, last]): [number, number] => [first, last])
      await emptyRows(trx, older)
      const event = { what: 'log-emptied', rows: older.length, all } as const
      await writeLog(trx, { at: now, by: { kind: 'server' }, event })
      return older.length
    })
    if (rows < ROWS_AT_ONCE) return
  }
}
