import { MAX_FRAME_PAYLOAD } from '../../protocol/limits.ts'

/**
 * How much one link may have on its way, so that its bytes wait no longer than `target` ms in the queues of the line: what else is sent
 * there, a picture or a voice, waits in the same ones. By the delay that marks in the stream tell, as LEDBAT does (RFC 6817).
 */
export type DelayWindow = {
  /** In ms. */
  target: number
  /** Bytes that are known to be with the other side. */
  readonly arrived: number
  /** Bytes that the next frame should have at most. */
  readonly frameBytes: number
  readonly hasRoom: boolean
  /** So many bytes go out. @returns whether a mark goes with them, which the other side answers at once. */
  send(bytes: number): boolean
  /** The oldest mark was answered. @returns false where there was none. */
  answered(): boolean
}

const KIB = 1024
const START = 8 * KIB
/** Of a line that carries next to nothing, and of frames on it. */
const LEAST = 2 * KIB
const LEAST_FRAME = 1 * KIB
/** More than one transfer may have on its way is of no use. */
export const LARGEST = 8 * 1024 * KIB
/** So often, in ms, what is on its way is let through, and the line is timed without it: it may be another one. */
const TIME_AGAIN_MS = 10_000

/** `out`: on its way when it went, itself included. `alone`: nothing was ahead of it. */
type Mark = { upTo: number; at: number; out: number; alone: boolean }

/** @param target in ms, to begin with */
export function createDelayWindow(target: number, now: () => number = () => performance.now()): DelayWindow {
  let size = START
  let sent = 0
  let arrived = 0
  let markedAt = 0
  const marks: Mark[] = []
  /** There and back without a queue. */
  let base = Number.POSITIVE_INFINITY
  let timedAt = 0
  /** Of one turn: the shortest counts, since a page that was busy, or a burst, is no queue. */
  let times: { at: number; time: number }[] = []
  let draining = false
  /** Since when nothing is on its way; behind a draining, as if for ever. */
  let restedAt = 0
  /** Behind a rest the window opens step by step: all of it at once would be a queue. */
  let opened = START
  /** Until there is a queue for the first time it doubles with each turn. */
  let opening = true

  function steer(time: number, mark: Mark, bytes: number) {
    const at = now()
    times = [...times.filter((one) => at - one.at < base + self.target), { at, time }]
    const queue = Math.min(...times.map((one) => one.time)) - base
    if (queue > self.target / 2) opening = false
    const room = Math.max(-1, 1 - queue / self.target)
    // Whoever does not use what there is learns nothing of whether there is more.
    if (room > 0 && mark.out < size / 2) return
    const gain = opening ? 1 : self.target / (base + self.target)
    size = Math.min(LARGEST, Math.max(LEAST, size + gain * room * bytes))
  }

  const self: DelayWindow = {
    target,
    get arrived() {
      return arrived
    },
    get frameBytes() {
      return Math.min(MAX_FRAME_PAYLOAD, Math.max(LEAST_FRAME, Math.floor(size / 16)))
    },
    get hasRoom() {
      return marks.length === 0 || (!draining && sent - arrived < Math.min(size, opened))
    },
    send(bytes) {
      const at = now()
      const alone = marks.length === 0
      sent += bytes
      draining = !alone && at - timedAt >= TIME_AGAIN_MS
      if (!alone && !draining && sent - markedAt < size / 8) return false
      if (alone && at - restedAt > base) opened = Math.max(LEAST, size / 8)
      markedAt = sent
      marks.push({ upTo: sent, at, out: sent - arrived, alone })
      return true
    },
    answered() {
      const mark = marks.shift()
      if (!mark) return false
      const time = now() - mark.at
      const bytes = mark.upTo - arrived
      arrived = mark.upTo
      opened += bytes
      if (marks.length === 0) {
        restedAt = draining ? Number.NEGATIVE_INFINITY : now()
        draining = false
      }
      if (mark.alone) {
        base = time
        timedAt = now()
        times = []
      } else base = Math.min(base, time)
      steer(time, mark, bytes)
      return true
    },
  }
  return self
}
