import { every } from '../every.ts'
import type { Services } from '../services.ts'
import { endAbandoned, forgetMedia, listGone } from '../store/media.ts'

const AT_ONCE = 100
/** An upload that nobody goes on with is given up after so long, in ms. */
const ABANDONED_MS = 7 * 86_400_000

/** Removes the pieces of what was deleted, also where a removal stopped half-way, until the signal. */
export function startMediaSweep(services: Services, signal: AbortSignal): void {
  const { config, log, store } = services
  const failed = 'what was deleted of images and recordings could not be removed'
  const run = async () => {
    const now = Date.now()
    await endAbandoned(store.db, now - ABANDONED_MS, now)
    await sweepMedia(services)
  }
  every({ everyMs: config.limits.mediaSweepMs, failed, log, run }, signal)
}

/** The row last: by it the pieces are found again. */
async function sweepMedia({ store, mediaPieces }: Pick<Services, 'store' | 'mediaPieces'>): Promise<void> {
  for (;;) {
    const gone = await listGone(store.db, AT_ONCE)
    for (const { id, pieces } of gone) {
      await mediaPieces.remove(id, pieces)
      await forgetMedia(store.db, id)
    }
    if (gone.length < AT_ONCE) return
  }
}
