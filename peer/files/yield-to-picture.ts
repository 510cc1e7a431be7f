import * as v from 'valibot'
import { sleep } from '../sleep.ts'
import { ALONE, type DelayWindow } from './delay-window.ts'
import type { FilesLink } from './files-link.ts'

/**
 * What else this side sends over the session's connection: nothing, something of which no more is known, or pictures that may have so many
 * bits a second on this line; `most`: of the limits that are set for them.
 */
export type Media = { kind: 'none' } | { kind: 'some' } | { kind: 'picture'; bitrate: number; most: number }

/**
 * How long files may wait in the queues of the line, in ms: `ALONE` where nothing is shown or said, and at most beside a picture; this beside
 * a voice, or something of which no more is known, and at first;
 */
export const QUEUE_BESIDE_MEDIA = 10
/** at least, beside a picture that has too little. */
const LEAST = 2
/** A screen is legible with so many bits a second. */
const ENOUGH = 1_500_000
const LOOK_MS = 500

/**
 * The target for the next while. A browser takes any queue on the way for a line that is full and sends less of its picture: files give
 * way until the picture may have what it needs, or at least half of what they have.
 * @param rate of the files, in bits a second
 */
export function nextTarget(target: number, media: Media, rate: number): number {
  switch (media.kind) {
    case 'none':
      return ALONE
    case 'some':
      return QUEUE_BESIDE_MEDIA
    case 'picture':
      if (media.bitrate >= Math.min(ENOUGH, media.most, rate / 2)) return Math.min(ALONE, target * 1.05)
      return Math.max(LEAST, target * 0.6)
  }
}

/** Steers the window of a link for files by what the session's own connection sends, until the signal. */
export async function yieldToPicture(
  window: DelayWindow,
  link: () => FilesLink | undefined,
  signal: AbortSignal,
): Promise<void> {
  let before = { at: performance.now(), arrived: window.arrived }
  let showed = false
  while (!signal.aborted) {
    // A connection that is just going tells nothing; the next look is soon.
    const media = await mediaOf(link()?.connection).catch((): Media => ({ kind: 'some' }))
    const now = { at: performance.now(), arrived: window.arrived }
    const rate = now.at > before.at ? ((now.arrived - before.arrived) * 8000) / (now.at - before.at) : 0
    before = now
    const from = showed ? window.target : Math.min(window.target, QUEUE_BESIDE_MEDIA)
    showed = media.kind === 'picture'
    window.target = nextTarget(from, media, rate)
    await sleep(LOOK_MS, signal)
  }
}

const Pair = v.object({ type: v.literal('candidate-pair'), availableOutgoingBitrate: v.number() })

async function mediaOf(connection: FilesLink['connection'] | undefined): Promise<Media> {
  const live = connection?.getSenders().filter(({ track }) => track?.readyState === 'live') ?? []
  if (!connection || live.length === 0) return { kind: 'none' }
  const pictures = live.filter(({ track }) => track?.kind === 'video')
  if (pictures.length === 0) return { kind: 'some' }
  const stats: unknown[] = [...(await connection.getStats()).values()]
  const pair = stats.find((entry) => v.is(Pair, entry))
  // Chromium says it of the pair in use alone; Firefox does not say it.
  if (!pair) return { kind: 'some' }
  // A browser looks for little more than that: a camera, or a screen that rests, is content with less than a screen.
  const limits = pictures.flatMap((sender) =>
    sender.getParameters().encodings.map(({ maxBitrate = ENOUGH }) => maxBitrate),
  )
  return { kind: 'picture', bitrate: pair.availableOutgoingBitrate, most: limits.reduce((sum, one) => sum + one, 0) }
}
