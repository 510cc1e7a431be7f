import { type ReadonlySignal, signal } from '@preact/signals'
import { joinBytes } from '../../peer/join-bytes.ts'
import type { MediaBytes } from './media-bytes.ts'
import { encodeRecord, type LogRecord } from './packet-log.ts'
import { openPictureEncoder, type Seen } from './picture-encoder.ts'
import { recordingClock } from './recording-clock.ts'
import { openSoundEncoder } from './sound-encoder.ts'

/** How long a recording is, and how large so far. */
export type Progress = { ms: number; bytes: number }

/** A recording that runs. What is recorded goes to the disk at once. */
export type Recorder = {
  readonly progress: ReadonlySignal<Progress>
  pause(): void
  resume(): void
  /** Resolves when all is on the disk; rejects where the disk does not take the end. */
  stop(): Promise<void>
}

type Parts = {
  see(): Seen
  hear(): readonly MediaStreamTrack[]
  /** Of the raw recording. */
  name: string
  bytes: Pick<MediaBytes, 'append'>
  /** It cannot go on: stop it. Told once. */
  onFailure(cause: unknown): void
  signal: AbortSignal
}

/** What is encoded goes to the disk so often, in ms. */
const WRITE_MS = 500
const LOOK_AT_ROOM_MS = 5000
/** Finishing a recording writes it once more; and others write too. */
const SPARE_BYTES = 20_000_000

export function startRecorder({ see, hear, name, bytes, onFailure, signal: until }: Parts): Recorder {
  const clock = recordingClock(performance.now())
  const progress = signal<Progress>({ ms: 0, bytes: 0 })
  const ticker = new Worker(new URL('./ticker-worker.ts', import.meta.url), { type: 'module' })
  let waiting: Uint8Array<ArrayBuffer>[] = []
  let writing: Promise<void> = Promise.resolve()
  let written = 0
  let wroteAt = 0
  let lookedAt = 0
  let over = false
  let failed = false

  const pictures = openPictureEncoder({ onRecord: keep, onFailure: fail })
  const sound = openSoundEncoder({
    position: () => (clock.paused ? undefined : position()),
    onRecord: keep,
    onFailure: fail,
  })
  ticker.addEventListener('message', tick)
  until.addEventListener('abort', close, { once: true })
  addEventListener('pagehide', write)

  function position() {
    return clock.position(performance.now())
  }

  function keep(record: LogRecord) {
    waiting.push(encodeRecord(record))
  }

  function fail(cause: unknown) {
    if (failed || over) return
    failed = true
    onFailure(cause)
  }

  function tick() {
    const now = performance.now()
    if (!clock.paused) {
      sound.hear(hear())
      pictures.show(see(), position())
    }
    if (now - wroteAt >= WRITE_MS) {
      wroteAt = now
      write()
      progress.value = { ms: position(), bytes: written }
    }
    if (now - lookedAt >= LOOK_AT_ROOM_MS) {
      lookedAt = now
      // Where it cannot be told, the disk itself says when it is full.
      lookAtRoom().catch(() => {})
    }
  }

  function write() {
    if (waiting.length === 0) return
    const piece = joinBytes(waiting)
    waiting = []
    written += piece.byteLength
    writing = writing.then(() => bytes.append(name, piece))
    writing.catch(fail)
  }

  /** So that it can be finished: a disk that is full to the last byte could not take the film. */
  async function lookAtRoom() {
    const { usage = 0, quota } = await navigator.storage.estimate()
    if (quota && quota - usage < written + SPARE_BYTES)
      fail(new DOMException('no room to finish', 'QuotaExceededError'))
  }

  function close() {
    over = true
    ticker.terminate()
    removeEventListener('pagehide', write)
    pictures.close()
    sound.close()
  }

  return {
    progress,
    pause() {
      // What is seen last is seen until then.
      pictures.show(see(), position(), 'last')
      clock.pause(performance.now())
      progress.value = { ms: position(), bytes: written }
    },
    resume: () => clock.resume(performance.now()),
    async stop() {
      if (over) return
      over = true
      ticker.terminate()
      if (!clock.paused) pictures.show(see(), position(), 'last')
      try {
        await Promise.all([pictures.finish(), sound.finish()])
      } finally {
        write()
        close()
      }
      await writing
    },
  }
}
