import type { Time } from '../../protocol/ids.ts'
import { every } from '../every.ts'
import { noteOnline } from '../people/online.ts'
import type { Services } from '../services.ts'
import { forgetOldJoins } from '../store/joins.ts'
import { forgetOldResets } from '../store/password-resets.ts'
import { forgetUnrated } from '../store/ratings.ts'
import { forgetAbandonedSnapshots } from '../store/snapshots.ts'
import { forgetOldKeys, listOverdue, replaceTicket } from '../store/tickets.ts'
import { forgetOldWaits } from '../store/waits.ts'
import { expireByTime } from './change.ts'
import { followChange } from './changed.ts'
import { WAITS_KEPT_MS } from './standing.ts'

type Needs = Pick<Services, 'config' | 'store' | 'live' | 'auth'>

/** Ends what is over: tickets past their time, old join tokens, links, sign-ins, idempotency keys, halves of snapshots. Also notes who is here. */
async function sweep(needs: Needs, now: Time): Promise<void> {
  const { store, config, live, auth } = needs
  for (const ticket of await listOverdue(store, now)) {
    const expired = expireByTime(ticket, now)
    // Overtaken: somebody changed it meanwhile, and the next sweep looks again.
    const { kind } = await replaceTicket(store, expired)
    if (kind === 'done') followChange(live, ticket, expired.header, now)
  }
  await noteOnline(needs, now)
  await forgetOldJoins(store, now)
  await forgetOldResets(store.db, now)
  await forgetOldWaits(store, now - WAITS_KEPT_MS)
  await auth.sessions.forgetOld()
  await forgetAbandonedSnapshots(store.db, now)
  await forgetUnrated(store.db, now)
  await forgetOldKeys(store, now - config.limits.idempotencyMs)
}

/** Sweeps again and again. */
export function startSweeping(services: Services, signal: AbortSignal): void {
  const { config, log } = services
  const run = () => sweep(services, Date.now())
  every({ everyMs: config.limits.expirySweepMs, failed: 'the sweep failed', log, run }, signal)
}
