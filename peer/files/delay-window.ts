import { MAX_FRAME_PAYLOAD } from '../../protocol/limits.ts'
import { WINDOW } from './stream-sender.ts'

/**
 * How much one link may have on its way, so that its bytes wait no longer than `target` ms in the queues of the line: what else is sent
 * there, a picture or a voice, waits in the same ones. By the round trip that probes in the stream tell, after LEDBAT (RFC 6817) in the
 * manner of LEDBAT++ (draft-irtf-iccrg-ledbat-plus-plus): slow start at first, and a pause now and then to time the line without a queue.
 */
export type DelayWindow = {
  /** In ms. */
  target: number
  /** Bytes that are known to be with the other side. */
  readonly arrived: number
  /** Bytes that the next frame should have at most. */
  readonly frameBytes: number
  readonly hasRoom: boolean
  /** So many bytes go out. @returns whether a probe goes with them, which the other side answers at once. */
  send(bytes: number): boolean
  /** The oldest probe was answered. @returns false where there was none. */
  answered(): boolean
}

const KIB = 1024
const START = 8 * KIB
/** Of a line that carries next to nothing, and of frames on it. */
const LEAST = 2 * KIB
const LEAST_FRAME = 1 * KIB
/** So often, in ms, what is on its way is let through, and the line is timed without it: it may be another one. */
const TIME_AGAIN_MS = 10_000

/** `inFlight`: bytes on their way when it went, its own included. `alone`: nothing was ahead of it. */
type Probe = { upTo: number; at: number; inFlight: number; alone: boolean }

/** @param target in ms, to begin with */
export function createDelayWindow(target: number, now: () => number = () => performance.now()): DelayWindow {
  let size = START
  let sent = 0
  let arrived = 0
  let probedAt = 0
  const probes: Probe[] = []
  /** There and back without a queue. */
  let base = Number.POSITIVE_INFINITY
  let timedAt = 0
  /** Of one round trip: the shortest counts, since a page that was busy, or a burst, is no queue. */
  let times: { at: number; time: number }[] = []
  let draining = false
  /** Since when nothing is on its way; behind a draining, as if for ever. */
  let restedAt = 0
  /** Behind a rest the window opens step by step: all of it at once would be a queue. */
  let restartLimit = START
  /** Until there is a queue for the first time the window doubles with each round trip. */
  let slowStart = true

  function steer(time: number, probe: Probe, bytes: number) {
    const at = now()
    times = [...times.filter((one) => at - one.at < base + self.target), { at, time }]
    const queue = Math.min(...times.map((one) => one.time)) - base
    if (queue > self.target / 2) slowStart = false
    const room = Math.max(-1, 1 - queue / self.target)
    // Whoever does not use what there is learns nothing of whether there is more.
    if (room > 0 && probe.inFlight < size / 2) return
    const gain = slowStart ? 1 : self.target / (base + self.target)
    // One transfer never has more than `WINDOW` on its way.
    size = Math.min(WINDOW, Math.max(LEAST, size + gain * room * bytes))
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
      return probes.length === 0 || (!draining && sent - arrived < Math.min(size, restartLimit))
    },
    send(bytes) {
      const at = now()
      const alone = probes.length === 0
      sent += bytes
      draining = !alone && at - timedAt >= TIME_AGAIN_MS
      if (!alone && !draining && sent - probedAt < size / 8) return false
      if (alone && at - restedAt > base) restartLimit = Math.max(LEAST, size / 8)
      probedAt = sent
      probes.push({ upTo: sent, at, inFlight: sent - arrived, alone })
      return true
    },
    answered() {
      const probe = probes.shift()
      if (!probe) return false
      const time = now() - probe.at
      const bytes = probe.upTo - arrived
      arrived = probe.upTo
      restartLimit += bytes
      if (probes.length === 0) {
        restedAt = draining ? Number.NEGATIVE_INFINITY : now()
        draining = false
      }
      if (probe.alone) {
        base = time
        timedAt = now()
        times = []
      } else base = Math.min(base, time)
      steer(time, probe, bytes)
      return true
    },
  }
  return self
}
