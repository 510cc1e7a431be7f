import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { RefusedError } from '../protocol/errors.ts'
import type { Limits, Quota } from './limits.ts'

/** Counts per key and refuses above a quota. Keys are kept in memory, no longer than the quota's time. */
export type Throttle = {
  /** @throws RefusedError `too-many` with the time until the next point. */
  take(key: string): Promise<void>
  /** The attempt was a good one: it does not count. */
  giveBack(key: string): Promise<void>
}

export type Throttles = ReturnType<typeof makeThrottles>

export function makeThrottles(limits: Limits) {
  return {
    socketOpenings: throttle(limits.socketOpenings),
    requests: throttle(limits.requests),
    signInsPerAddress: throttle(limits.signInsPerAddress),
    signInsPerAccount: throttle(limits.signInsPerAccount),
    codeTriesPerAddress: throttle(limits.codeTriesPerAddress),
    codeTriesPerAccount: throttle(limits.codeTriesPerAccount),
    codesAgain: throttle(limits.codesAgain),
    codesPerAccount: throttle(limits.codesPerAccount),
    codesPerAddress: throttle(limits.codesPerAddress),
    resetsPerAddress: throttle(limits.resetsPerAddress),
    resetsPerAccount: throttle(limits.resetsPerAccount),
    linksPerAddress: throttle(limits.linksPerAddress),
    setups: throttle(limits.setups),
    joinsPerAddress: throttle(limits.joinsPerAddress),
    joinsPerLookup: throttle(limits.joinsPerLookup),
    notAskedPerAddress: throttle(limits.notAskedPerAddress),
    ratingsPerAddress: throttle(limits.ratingsPerAddress),
    icePerCaller: throttle(limits.icePerCaller),
    alarmsPerTicket: throttle(limits.alarmsPerTicket),
    alarmMails: throttle(limits.alarmMails),
    ticketsPerTechnician: throttle(limits.ticketsPerTechnician),
    roomWritesPerTechnician: throttle(limits.roomWritesPerTechnician),
    logPagesPerTechnician: throttle(limits.logPagesPerTechnician),
    reportsPerTechnician: throttle(limits.reportsPerTechnician),
    toldPerTechnician: throttle(limits.toldPerTechnician),
    takenPerTechnician: throttle(limits.takenPerTechnician),
    mediaTalkPerTechnician: throttle(limits.mediaTalkPerTechnician),
    mediaPiecesPerTechnician: throttle(limits.mediaPiecesPerTechnician),
  }
}

function throttle({ points, seconds }: Quota): Throttle {
  const limiter = new RateLimiterMemory({ points, duration: seconds })
  return {
    async take(key) {
      try {
        await limiter.consume(key)
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error
        throw new RefusedError({ code: 'too-many', retryAfterMs: Math.max(1, Math.ceil(error.msBeforeNext)) })
      }
    },
    async giveBack(key) {
      await limiter.reward(key)
    },
  }
}
