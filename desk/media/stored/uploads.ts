import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { type Refusal, RefusedError } from '../../../protocol/errors.ts'
import type { TicketId } from '../../../protocol/ids.ts'
import { STORED_PIECE } from '../../../protocol/limits.ts'
import type { MediaId } from '../../../protocol/media.ts'
import { type MediaStoreReply, piecesOf } from '../../../protocol/media-store.ts'
import { keepAnswer, type LiveAnswer } from '../../server/live-answer.ts'
import type { ServerMedia } from '../../server/server-media.ts'
import type { Wire } from '../../server/wire.ts'
import type { MediaKeys } from '../lending/media-seal.ts'
import type { Media } from '../media.ts'
import type { MediaItem } from '../media-item.ts'
import { patiently } from './patient.ts'
import { sealPiece } from './piece-seal.ts'

/** How it stands with what this browser brings to the server's media store. */
export type UploadState =
  /** Off, or everything is there. */
  | { kind: 'idle' }
  /** `left`: so many are not there yet; of the one that is under way so many bytes are. */
  | { kind: 'running'; left: number; done: number; bytes: number }
  /** The server takes no more for now. */
  | { kind: 'refused'; left: number; refusal: Refusal }

export type Uploads = {
  /** What the admins set, and how full it is. */
  readonly store: LiveAnswer<MediaStoreReply>
  readonly state: ReadonlySignal<UploadState>
  /** So many stay in this browser alone, as their tickets have as many with the server as one may have. */
  readonly tooMany: ReadonlySignal<number>
}

type Parts = {
  media: Pick<Media, 'items' | 'loaded' | 'read' | 'index'>
  server: ServerMedia
  wire: Wire
  keysOf(ticket: TicketId): Promise<MediaKeys | undefined>
  signal: AbortSignal
}

/** What was refused because the store is full is tried again after so long, and what had no keys, in ms. */
const FULL_MS = 60_000
const KEYS_MS = 5_000

/** Brings what was made in this browser to the server, sealed, one after the other, where an admin wants that. */
export function openUploads({ media, server, wire, keysOf, signal: until }: Parts): Uploads {
  const store = keepAnswer({ ask: server.read, wire, signal: until })
  const state = signal<UploadState>({ kind: 'idle' })
  const tooMany = signal(0)
  /** Those that the server does not take (any more): not asked again before the desk is opened next. */
  const passed = new Set<MediaId>()
  /** Those whose ticket's keys were not here: they come a moment after the desk is opened, or when a colleague shares them. */
  const keyless = new Set<MediaId>()
  let running = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const left = () => (store.latest.peek()?.on ? [...media.items.peek().values()].filter(isWanted) : [])
  const isWanted = ({ id, maker, stored, state: { kind } }: MediaItem) =>
    maker === undefined && !stored && kind !== 'unfinished' && !passed.has(id) && !keyless.has(id)

  const stop = effect(() => {
    const wanted = store.latest.value?.on && media.items.value.size > 0
    if (wanted) void run()
    else state.value = { kind: 'idle' }
  })
  until.addEventListener('abort', () => {
    stop()
    clearTimeout(timer)
  })

  async function run() {
    if (running) return
    running = true
    clearTimeout(timer)
    await media.loaded
    keyless.clear()
    try {
      for (let [next] = left(); next && !until.aborted; [next] = left()) await bring(next)
      if (keyless.size === 0) state.value = { kind: 'idle' }
      else if (!until.aborted) timer = setTimeout(() => void run(), KEYS_MS)
    } catch (error) {
      if (until.aborted) return
      if (!(error instanceof RefusedError)) throw error
      state.value = { kind: 'refused', left: left().length, refusal: error.refusal }
      timer = setTimeout(() => void run(), FULL_MS)
    } finally {
      running = false
    }
  }

  async function bring(item: MediaItem) {
    const { id, ticket, bytes, at: madeAt } = item
    const show = (done: number) => {
      state.value = { kind: 'running', left: left().length, done, bytes }
    }
    try {
      const [blob, keys] = [await media.read(id), await keysOf(ticket)]
      if (!keys) return void keyless.add(id)
      if (!blob || blob.size !== bytes) return void passed.add(id)
      show(0)
      const { have } = await patiently(() => server.begin(ticket, id, { bytes, madeAt }, until), until)
      for (let piece = have; piece < piecesOf(bytes); piece += 1) {
        const at = piece * STORED_PIECE
        // Deleted meanwhile, or the admins turned it off.
        if (!media.items.peek().has(id) || !store.latest.peek()?.on) return
        show(at)
        const plain = new Uint8Array(await blob.slice(at, at + STORED_PIECE).arrayBuffer())
        const sealed = await sealPiece(keys, { id, bytes, piece }, plain)
        await patiently(() => server.put(ticket, id, piece, sealed, until), until)
      }
      const now = media.items.peek().get(id)
      if (now) await media.index.put({ ...now, stored: true })
      void store.refresh()
    } catch (error) {
      if (until.aborted) throw error
      const { code, about } = error instanceof RefusedError ? error.refusal : {}
      if (code === 'quota' && about === 'ticket') {
        passed.add(id)
        tooMany.value += 1
        return
      }
      // The store is full, or off: the others will fare no better.
      if (code === 'quota' || code === 'forbidden' || code === 'unauthenticated') throw error
      passed.add(id)
    }
  }

  return { store, state, tooMany }
}
