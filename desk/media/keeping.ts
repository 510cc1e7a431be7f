import { computed, effect, type ReadonlySignal } from '@preact/signals'
import type { MediaStoreReply } from '../../protocol/media-store.ts'
import type { LiveAnswer } from '../server/live-answer.ts'
import type { ServerMedia } from '../server/server-media.ts'
import type { Media } from './media.ts'
import type { MediaItem } from './media-item.ts'

/** How long images and recordings are kept, where that is not as long as their ticket. */
export type Kept = NonNullable<MediaStoreReply['kept']>

type Parts = {
  media: Pick<Media, 'items' | 'loaded' | 'expire'>
  store: LiveAnswer<MediaStoreReply>
  server: Pick<ServerMedia, 'expired'>
  signal: AbortSignal
}

/** A desk that stays open asks again after so long, in ms: the days go on. */
const ASK_MS = 3_600_000
const DAY_MS = 86_400_000

/**
 * Deletes what this browser has of images and recordings that are kept no longer, whenever the server says from when on they are: by its
 * clock, since a computer's own may be years ahead; where it is behind, as long as it is, longer by that. Word of each stays in its case, so
 * that one can be told what was there.
 */
export function keepForDays({ media, store, server, signal }: Parts): ReadonlySignal<Kept | undefined> {
  const kept = computed(() => store.latest.value?.kept ?? undefined)
  /** Once for each answer: what the server says was now, then. */
  const bound = computed(() => {
    const { days, from } = kept.value ?? {}
    return days === undefined || from === undefined ? undefined : from - Math.max(0, from + days * DAY_MS - Date.now())
  })
  const going = new Set<MediaItem['id']>()
  let untold = 0
  let running = Promise.resolve()

  const stop = effect(() => {
    const from = bound.value
    if (from === undefined) return
    const over = [...media.items.value.values()].filter((item) => isOver(item, from) && !going.has(item.id))
    if (over.length === 0) return
    for (const { id } of over) going.add(id)
    running = running.then(() => expire(over)).catch(() => {})
  })
  const timer = setInterval(() => void store.refresh(), ASK_MS)
  signal.addEventListener('abort', () => {
    stop()
    clearInterval(timer)
  })

  async function expire(over: readonly MediaItem[]) {
    await media.loaded
    for (const item of over) {
      if (signal.aborted) return
      await media.expire(item)
      going.delete(item.id)
      untold += 1
    }
    const count = untold
    await server.expired({ count }, signal)
    untold -= count
  }

  return kept
}

/** A recording that still runs is over its time once it is a film. */
function isOver({ at, state }: MediaItem, from: number): boolean {
  return at < from && state.kind !== 'unfinished'
}
