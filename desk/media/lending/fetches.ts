import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { backoff } from '../../../peer/backoff.ts'
import { createReceiver } from '../../../peer/files/receive.ts'
import type { IceServers } from '../../../peer/ice-servers.ts'
import { sleep } from '../../../peer/sleep.ts'
import type { MediaId } from '../../../protocol/media.ts'
import type { CaseMedia, ListedMedia } from '../../case/case-media.ts'
import type { Media } from '../media.ts'
import { fetchOnce } from './fetch-once.ts'
import { FetchError, type Fetching, type FetchState } from './fetch-state.ts'
import type { MediaTalk } from './media-talk.ts'
import { partSink } from './part-sink.ts'
import { openSlots } from './slots.ts'
import type { Search, Sought } from './whereabouts.ts'

/** Images that are fetched from colleagues' browsers. */
export type Fetches = {
  readonly states: ReadonlySignal<ReadonlyMap<MediaId, Fetching>>
  /** Until it is here, or it fails; over cuts, and while the other browser is closed. */
  begin(of: Sought, listed: ListedMedia): void
  /** Ends it, or that it failed is known. Nothing of it stays. */
  end(id: MediaId): void
}

type Parts = {
  talk: MediaTalk
  search: Search
  media: Pick<Media, 'bytes' | 'keepFetched'>
  mediaOf(of: Sought): Pick<CaseMedia, 'list'>
  ice: IceServers
  signal: AbortSignal
}

/** So many links are open for this at once. */
const AT_ONCE = 3

export function openFetches({ talk, search, media, mediaOf, ice, signal: until }: Parts): Fetches {
  const states = signal<ReadonlyMap<MediaId, Fetching>>(new Map())
  const lives = new Map<MediaId, AbortController>()
  const slots = openSlots(AT_ONCE)

  function show(of: Sought, listed: ListedMedia, state: FetchState | undefined) {
    const next = new Map(states.peek())
    if (state) next.set(listed.id, { of, listed, state })
    else next.delete(listed.id)
    states.value = next
  }

  async function run(of: Sought, listed: ListedMedia, life: AbortController) {
    const alive = AbortSignal.any([until, life.signal])
    const sink = partSink(media.bytes, listed.id)
    const receiver = createReceiver({ sink, count: 1, limit: listed.bytes })
    const is = (kind: 'running' | 'waiting') => {
      if (!alive.aborted) show(of, listed, { kind, done: receiver.bytes })
    }
    search.watch(of, () => [listed], alive)
    const stopFollowing = effect(() => {
      const there = mediaOf(of).list.value.some(({ id }) => id === listed.id)
      if (!there) life.abort(new FetchError('deleted'))
    })
    let type = ''
    try {
      for (let failures = 0; !receiver.finished; ) {
        is('waiting')
        const place = await whenOpen(listed.id, alive)
        type = place.type
        is('running')
        const before = receiver.bytes
        const { desk } = place
        const onProgress = () => is('running')
        const release = await slots.take()
        const cut = await fetchOnce({ of, listed, desk, receiver, talk, ice, onProgress, signal: alive })
          .then(
            () => undefined,
            (error: unknown) => error,
          )
          .finally(release)
        alive.throwIfAborted()
        if (cut instanceof FetchError) throw cut
        if (cut === undefined) continue
        failures = receiver.bytes > before ? 1 : failures + 1
        is('waiting')
        await sleep(backoff(failures), alive)
        search.doubt(listed.id)
      }
      const [outcome] = receiver.outcomes
      if (outcome?.kind !== 'whole' || outcome.size !== listed.bytes) {
        throw new FetchError(outcome?.kind === 'failed' && outcome.why === 'damaged' ? 'damaged' : 'failed')
      }
      await media.keepFetched(of.ticket, listed, type)
      show(of, listed, undefined)
    } catch (error) {
      await receiver.drop().catch(() => {})
      if (error instanceof FetchError) show(of, listed, { kind: 'failed', why: error.why })
      else if (!alive.aborted) show(of, listed, { kind: 'failed', why: 'failed' })
    } finally {
      stopFollowing()
      life.abort()
      if (lives.get(listed.id) === life) lives.delete(listed.id)
    }
  }

  async function whenOpen(id: MediaId, alive: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<{ desk: Parts['talk']['desk']; type: string }>()
    const stop = effect(() => {
      const place = search.places.value.get(id)
      if (place?.kind === 'open') resolve(place)
      if (place?.kind === 'missing') reject(new FetchError('gone'))
    })
    const abort = () => reject(alive.reason)
    alive.addEventListener('abort', abort, { once: true })
    if (alive.aborted) abort()
    return await promise.finally(() => {
      stop()
      alive.removeEventListener('abort', abort)
    })
  }

  return {
    states,
    begin(of, listed) {
      if (lives.has(listed.id)) return
      const life = new AbortController()
      lives.set(listed.id, life)
      show(of, listed, { kind: 'running', done: 0 })
      void run(of, listed, life)
    },
    end(id) {
      lives.get(id)?.abort()
      const next = new Map(states.peek())
      if (next.delete(id)) states.value = next
    },
  }
}
