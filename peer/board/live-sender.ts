import type { SurfaceId } from '../../protocol/board.ts'
import { type Item, type ItemId, type Sketch, type Spot, STRIDE } from './item.ts'
import { encodeLive, type LiveWord } from './live-bytes.ts'

/** About one picture of a screen, in ms. */
const APART_MS = 16

/** Says what is being drawn here, at once and then at most once for each picture; what comes faster is put together. */
export type LiveSender = {
  /** As it looks now. */
  draw(id: ItemId, sketch: Sketch): void
  /** It is finished or given up. */
  end(id: ItemId): void
  /** The laser points here. */
  shine(surface: SurfaceId, colour: number, spot: Spot): void
  /** Sends over this link until the signal; without one nothing is said. */
  use(send: (bytes: Uint8Array) => Promise<void>, signal: AbortSignal): void
}

export function liveSender(): LiveSender {
  let link: { send(bytes: Uint8Array): Promise<void> } | undefined
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  /** So many points of it were sent, or undefined where none. */
  let sent: { id: ItemId; points: number } | undefined
  let drawing: { id: ItemId; sketch: Sketch } | undefined
  let ended: ItemId[] = []
  let laser: Extract<LiveWord, { kind: 'laser' }> | undefined

  /** Timers of a page in the background come late: each movement looks, too, whether it is time. */
  function soon() {
    if (!link) return forget()
    if (busy) return
    const wait = APART_MS - (performance.now() - last)
    if (wait <= 0) return void flush()
    timer ??= setTimeout(() => void flush(), wait)
  }

  function forget() {
    sent = undefined
    drawing = undefined
    ended = []
    laser = undefined
  }

  async function flush() {
    clearTimeout(timer)
    timer = undefined
    const words = takeWords()
    const to = link
    if (!to || words.length === 0) return
    last = performance.now()
    busy = true
    await to.send(encodeLive(words))
    busy = false
    if (drawing || ended.length > 0 || laser) soon()
  }

  function takeWords(): LiveWord[] {
    const words: LiveWord[] = []
    if (drawing) words.push(...wordsOf(drawing.id, drawing.sketch))
    words.push(...ended.map((id) => ({ kind: 'gone', id }) as const))
    if (laser) words.push(laser)
    drawing = undefined
    ended = []
    laser = undefined
    return words
  }

  function wordsOf(id: ItemId, sketch: Sketch): LiveWord[] {
    const item: Item = { ...sketch, order: 0 }
    if (item.kind !== 'pen' && item.kind !== 'highlighter') return [{ kind: 'drawing', id, item }]
    const before = sent?.id === id ? sent.points : undefined
    sent = { id, points: item.points.length / STRIDE }
    if (before === undefined) return [{ kind: 'drawing', id, item }]
    const points = item.points.slice(before * STRIDE)
    return points.length > 0 ? [{ kind: 'more', id, points }] : []
  }

  return {
    draw(id, sketch) {
      drawing = { id, sketch }
      soon()
    },
    end(id) {
      if (drawing?.id === id) drawing = undefined
      if (sent?.id === id) sent = undefined
      ended.push(id)
      soon()
    },
    shine(surface, colour, spot) {
      laser = { kind: 'laser', surface, colour, spots: [...(laser?.spots ?? []), spot] }
      soon()
    },
    use(send, signal) {
      const own = { send }
      link = own
      forget()
      signal.addEventListener('abort', () => {
        if (link !== own) return
        link = undefined
        busy = false
        forget()
      })
    },
  }
}
