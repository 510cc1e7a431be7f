import type { Time } from '../../protocol/ids.ts'
import { every } from '../every.ts'
import type { Services } from '../services.ts'
import { type LogEntry, writeLog } from '../store/log.ts'
import { listOpenSessions } from '../store/log-sessions.ts'
import { expectRatings } from '../store/ratings.ts'
import { endSession, type SessionNews } from '../tickets/session.ts'

/** Writes down the sessions that begin and end, until the signal. Those that an earlier process left open are over. */
export function startSessionLog(services: Services, signal: AbortSignal): void {
  const { config, log } = services
  const failed = 'sessions could not be written down'
  every({ everyMs: config.limits.sessionLogMs, failed, log, run: () => writeNews(services) }, signal)
}

/** At the start: the process that knew of them is gone. Those that began since then are this one's. */
export async function endLostSessions({ store }: Pick<Services, 'store'>, now: Time): Promise<void> {
  for (const { session, group, ticket, began } of await listOpenSessions(store.db, now)) {
    const event = { what: 'session-ended', began, durationMs: null, why: 'server-stopped' } as const
    await writeLog(store.db, { at: now, list: 'session', by: { kind: 'server' }, group, ticket, session, event })
  }
}

/** At the end: what goes on is over for this process. */
export async function endAllSessions(services: Pick<Services, 'store' | 'live'>, now: Time): Promise<void> {
  for (const ticket of services.live.tickets.values()) endSession(services.live, ticket, 'server-stopped', now)
  while (services.live.sessionNews.length > 0) await writeNews(services)
}

/** So many in one transaction; the rest has the next turn. */
const AT_ONCE = 500

async function writeNews({ store, live }: Pick<Services, 'store' | 'live'>): Promise<void> {
  const news = live.sessionNews.splice(0, AT_ONCE)
  if (news.length === 0) return
  try {
    const began = news.flatMap(({ kind, session }) => (kind === 'began' ? [session] : []))
    await store.db.transaction().execute(async (trx) => {
      await writeLog(trx, ...news.map(entryOf))
      await expectRatings(trx, began)
    })
  } catch (error) {
    // Tried again, before what came meanwhile.
    live.sessionNews.unshift(...news)
    throw error
  }
}

function entryOf(news: SessionNews): LogEntry {
  const { id, ticket, group, by, from, began } = news.session
  const of = { group, ticket, session: id }
  if (news.kind === 'began') return { ...of, at: began, list: 'remote', by, from, event: { what: 'session-began' } }
  const { at, why } = news
  const event = { what: 'session-ended', began, durationMs: Math.max(0, at - began), why } as const
  return { ...of, at, list: 'session', by: why === 'technician' ? by : ENDERS[why], from, event }
}

const ENDERS = {
  customer: { kind: 'customer' },
  'handed-over': { kind: 'server' },
  'ticket-over': { kind: 'server' },
  lost: { kind: 'server' },
  'server-stopped': { kind: 'server' },
} as const
