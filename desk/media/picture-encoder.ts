import { filmBitrate, filmSize, placeIn } from './film-size.ts'
import type { PaintAnnotations } from './looking.ts'
import type { LogRecord } from './packet-log.ts'
import { PICTURES_A_SECOND } from './pictures-a-second.ts'

/** What a film shows at one moment: a picture with what is drawn on it; `words` where there is no picture. */
export type Seen =
  | { kind: 'picture'; video: HTMLVideoElement; fresh: boolean; paint: PaintAnnotations | undefined }
  | { kind: 'words'; words: string }

export type PictureEncoder = {
  /**
   * Left out where nothing changed, or the encoder is behind: a late picture is worth more than a queue of them.
   * @param at in ms from the beginning. @param last it is shown in any case: the film lasts until then
   */
  show(seen: Seen, at: number, last?: 'last'): void
  /** Resolves when all that was shown is handed on. */
  finish(): Promise<void>
  close(): void
}

/** A film is wound to one of these, in ms. */
const KEY_EVERY_MS = 4000
/** A still screen is shown again so often, in ms: what a crash loses is counted from the last picture. */
const STILL_MS = 1000
const MOST_WAITING = 2
/** Around a picture of another shape, and behind words. */
const GROUND = '#15181b'
const INK = '#eceef0'

type Parts = { onRecord(record: LogRecord): void; onFailure(cause: unknown): void }

/** VP8: what all browsers encode without delay, and all players know. */
export function openPictureEncoder({ onRecord, onFailure }: Parts): PictureEncoder {
  const canvas = new OffscreenCanvas(2, 2)
  const context = canvas.getContext('2d', { alpha: false })
  let size: { width: number; height: number } | undefined
  let lastAt = Number.NEGATIVE_INFINITY
  let lastKey = Number.NEGATIVE_INFINITY
  let shown: Seen['kind'] | undefined
  const encoder = new VideoEncoder({
    output(chunk) {
      const data = new Uint8Array(chunk.byteLength)
      chunk.copyTo(data)
      onRecord({ type: 'video', key: chunk.type === 'key', timestamp: chunk.timestamp, data })
    },
    error: onFailure,
  })

  function begin(first: Seen) {
    const { videoWidth, videoHeight } = first.kind === 'picture' ? first.video : { videoWidth: 1280, videoHeight: 800 }
    size = filmSize({ width: videoWidth, height: videoHeight })
    Object.assign(canvas, size)
    const bitrate = filmBitrate(size)
    encoder.configure({ codec: 'vp8', ...size, bitrate, framerate: PICTURES_A_SECOND, latencyMode: 'realtime' })
    onRecord({ type: 'config', config: { track: 'video', codec: 'vp8', ...size } })
    return size
  }

  function draw(seen: Seen, film: { width: number; height: number }) {
    if (!context) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    if (seen.kind === 'words') {
      context.fillStyle = GROUND
      context.fillRect(0, 0, film.width, film.height)
      context.fillStyle = INK
      context.font = `${Math.round(film.height / 24)}px system-ui, sans-serif`
      context.textAlign = 'center'
      context.fillText(seen.words, film.width / 2, film.height / 2, film.width * 0.9)
      return
    }
    const { video, paint } = seen
    const picture = { width: video.videoWidth, height: video.videoHeight }
    const { x, y, width, height } = placeIn(film, picture)
    if (width < film.width || height < film.height) {
      context.fillStyle = GROUND
      context.fillRect(0, 0, film.width, film.height)
    }
    context.drawImage(video, x, y, width, height)
    if (!paint) return
    context.save()
    context.translate(x, y)
    context.scale(width / picture.width, height / picture.height)
    paint(context, picture)
    context.restore()
  }

  function frameOf(seen: Seen, film: { width: number; height: number }, timestamp: number): VideoFrame {
    if (seen.kind === 'picture' && !seen.paint) {
      const { video } = seen
      // As it was received: over the canvas it would be changed into other colours and back.
      if (video.videoWidth === film.width && video.videoHeight === film.height)
        return new VideoFrame(video, { timestamp })
    }
    draw(seen, film)
    return new VideoFrame(canvas, { timestamp })
  }

  return {
    show(seen, at, last) {
      if (encoder.state === 'closed' || (encoder.encodeQueueSize > MOST_WAITING && !last)) return
      const changed = seen.kind !== shown || (seen.kind === 'picture' && (seen.fresh || seen.paint !== undefined))
      if (!changed && !last && at - lastAt < STILL_MS) return
      const film = size ?? begin(seen)
      const keyFrame = at - lastKey >= KEY_EVERY_MS
      const frame = frameOf(seen, film, Math.round(at * 1000))
      encoder.encode(frame, { keyFrame })
      frame.close()
      shown = seen.kind
      lastAt = at
      if (keyFrame) lastKey = at
    },
    finish: async () => {
      if (encoder.state === 'configured') await encoder.flush()
    },
    close() {
      if (encoder.state !== 'closed') encoder.close()
    },
  }
}
