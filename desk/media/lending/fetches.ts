import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { backoff } from '../../../peer/backoff.ts'
import { createReceiver, type Receiver } from '../../../peer/files/receive.ts'
import type { IceServers } from '../../../peer/ice-servers.ts'
import { sleep } from '../../../peer/sleep.ts'
import type { TicketId } from '../../../protocol/ids.ts'
import type { MediaId } from '../../../protocol/media.ts'
import type { CaseMedia, ListedMedia } from '../../case/case-media.ts'
import type { Media } from '../media.ts'
import { fetchOnce } from './fetch-once.ts'
import { FetchError, type Fetching, type FetchState } from './fetch-state.ts'
import type { MediaTalk } from './media-talk.ts'
import { partSink } from './part-sink.ts'
import { openSlots } from './slots.ts'
import { isThere, type Search, type Sought, type There } from './whereabouts.ts'

/** Images that are fetched from colleagues' browsers. */
export type Fetches = {
  readonly states: ReadonlySignal<ReadonlyMap<MediaId, Fetching>>
  /** Until it is here, or it fails; over cuts, and while the other browser is closed. */
  begin(of: Sought, listed: ListedMedia): void
  /** Ends it, or that it failed is known. Nothing of it stays. */
  end(id: MediaId): void
  /** The ticket is not this browser's any more. */
  forget(ticket: TicketId): void
}

type Parts = {
  talk: MediaTalk
  search: Search
  media: Pick<Media, 'bytes' | 'keepFetched'>
  mediaOf(of: Sought): Pick<CaseMedia, 'list'>
  ice: IceServers
  /** The rest of it, from what rests with the server. */
  fromServer(parts: {
    of: Sought
    listed: ListedMedia
    receiver: Receiver
    onProgress(): void
    signal: AbortSignal
  }): Promise<void>
  signal: AbortSignal
}

/** So many links are open for this at once. */
const AT_ONCE = 3

export function openFetches({ talk, search, media, mediaOf, ice, fromServer, signal: until }: Parts): Fetches {
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
    const receiver = createReceiver({ sink, count: 1, limit: listed.bytes, refuses: () => undefined })
    const is = (kind: 'running' | 'waiting') => {
      if (!alive.aborted) show(of, listed, { kind, done: receiver.bytes })
    }
    search.watch(of, () => [listed], alive)
    const stopFollowing = effect(() => {
      const there = mediaOf(of).list.value.some(({ id }) => id === listed.id)
      if (!there) life.abort(new FetchError('deleted'))
    })
    const bring = (place: There) => {
      const parts = { of, listed, receiver, onProgress: () => is('running'), signal: alive }
      return place.kind === 'open' ? fetchOnce({ ...parts, desk: place.desk, talk, ice }) : fromServer(parts)
    }
    let type = typeOf(listed)
    let stored = false
    try {
      for (let failures = 0; !receiver.finished; ) {
        is('waiting')
        const place = await whenThere(listed.id, alive)
        stored = place.kind === 'stored'
        if (place.kind === 'open') type = place.type
        is('running')
        const before = receiver.bytes
        const release = await slots.take()
        const cut = await bring(place)
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
      await media.keepFetched(of.ticket, listed, { type, stored })
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

  function end(id: MediaId) {
    lives.get(id)?.abort()
    const next = new Map(states.peek())
    if (next.delete(id)) states.value = next
  }

  async function whenThere(id: MediaId, alive: AbortSignal) {
    const { promise, resolve, reject } = Promise.withResolvers<There>()
    const stop = effect(() => {
      const place = search.places.value.get(id)
      if (isThere(place)) resolve(place)
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
    end,
    forget(ticket) {
      for (const [id, { of }] of states.peek()) if (of.ticket === ticket) end(id)
    },
  }
}

/** As it says itself; what was listed by an earlier version is what such things are. */
function typeOf({ type, kind }: ListedMedia): string {
  return type ?? (kind === 'recording' ? 'video/webm' : 'image/png')
}
