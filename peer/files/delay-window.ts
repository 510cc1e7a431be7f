import { MAX_FRAME_PAYLOAD } from '../../protocol/limits.ts'
import { WINDOW } from './stream-sender.ts'

/**
 * How much one link may have on its way, so that its bytes wait no longer than `target` ms in the queues of the line: what else is sent
 * there, a picture or a voice, waits in the same ones. By how much later than the soonest the probes in the stream come, after LEDBAT
 * (RFC 6817) in the manner of LEDBAT++ (draft-irtf-iccrg-ledbat-plus-plus): slow start at first, and a pause now and then to time the line
 * without a queue. On a fast line the bytes in its queues are limited, too, as these may be short.
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
  /** The oldest probe was answered; it came at `there`, in ms by the other side's clock. @returns false where there was none. */
  answered(there: number): boolean
}

const KIB = 1024
const START = 8 * KIB
/** Of a line that carries next to nothing, and of frames on it. */
const LEAST = 2 * KIB
const LEAST_FRAME = 1 * KIB
/** Beyond so many bytes half as many probes do, where nothing else waits behind it: each costs both pages a message. */
const WIDE = 256 * KIB
/** Where nothing else waits behind it, and two busy pages may be all that is slow. */
const LEAST_ALONE = 64 * KIB
/** A page that reads its next bytes is no longer at rest than that, in ms. */
const REST_MS = 200
/** The target of who is alone, in ms. */
export const ALONE = 50
/**
 * On its way may be so many bytes, beyond so many times what the line has under way without a queue: in a fast line's short queues more
 * overflow, and what is lost there costs more than it brought: docs/decisions/0038-a-short-queue-on-fast-lines.md.
 */
const MOST_QUEUED = 512 * KIB
/** A radio, or a page that is busy, keeps single probes, so that less seems to be under way than is. */
const SLACK = 1.5
/** So often, in ms, what is on its way is let through, and the line is timed without it: it may be another one. */
const TIME_AGAIN_MS = 10_000
/** The shortest of at least so many delays counts: a radio, or a page that is busy, keeps single ones. */
const LEAST_DELAYS = 4

/** `inFlight`: bytes on their way when it went, its own included. `alone`: nothing was ahead of it. */
type Probe = { upTo: number; at: number; inFlight: number; alone: boolean }

/** @param target in ms, to begin with */
export function createDelayWindow(target: number, now: () => number = () => performance.now()): DelayWindow {
  let size = START
  let sent = 0
  let arrived = 0
  let probedAt = 0
  const probes: Probe[] = []
  /** There and back, in ms, at the soonest. */
  let roundTrip = Number.POSITIVE_INFINITY
  /** From here to there without a queue, by clocks that nobody has set alike: only differences count, which the way back has no part in. */
  let base = Number.POSITIVE_INFINITY
  let timedAt = now()
  /** Of one round trip, as a burst is no queue. */
  let delays: { at: number; delay: number }[] = []
  let draining = false
  /** Since when nothing is on its way; behind a draining, as if for ever. */
  let restedAt = 0
  /** Behind a rest the window opens step by step: all of it at once would be a queue. */
  let restartLimit = START
  /** Until there is a queue for the first time the window doubles with each round trip. */
  let slowStart = true

  const isAlone = () => self.target >= ALONE

  function steer(delay: number, probe: Probe, bytes: number) {
    const at = now()
    delays = [...delays, { at, delay }].filter(
      (one, index, { length }) => at - one.at < roundTrip + self.target || index >= length - LEAST_DELAYS,
    )
    const queue = Math.min(...delays.map((one) => one.delay)) - base
    if (queue > self.target / 2) slowStart = false
    const room = Math.max(-1, 1 - queue / self.target)
    // Whoever does not use what there is learns nothing of whether there is more; but it may be for want of larger frames.
    const wantsFrames = isAlone() && self.frameBytes < MAX_FRAME_PAYLOAD
    if (room > 0 && !wantsFrames && probe.inFlight < size / 2) return
    const gain = slowStart ? 1 : self.target / (roundTrip + self.target)
    // Of what was on its way so much was in a queue on the way there.
    const queued = Math.min(1, Math.max(0, delay - base) / Math.max(1, at - probe.at))
    const carried = probe.inFlight * (1 - queued)
    // One transfer never has more than `WINDOW` on its way.
    const most = Math.min(WINDOW, SLACK * carried + MOST_QUEUED)
    size = Math.min(most, Math.max(isAlone() ? LEAST_ALONE : LEAST, size + gain * room * bytes))
  }

  const self: DelayWindow = {
    target,
    get arrived() {
      return arrived
    },
    get frameBytes() {
      return Math.min(MAX_FRAME_PAYLOAD, Math.max(LEAST_FRAME, Math.floor(size / (isAlone() ? 4 : 16))))
    },
    get hasRoom() {
      return probes.length === 0 || (!draining && sent - arrived < Math.min(size, restartLimit))
    },
    send(bytes) {
      const at = now()
      /** Nothing would tell of it otherwise; unlike `alone` there may be frames without a probe ahead of it. */
      const first = probes.length === 0
      const alone = sent === arrived
      sent += bytes
      draining = !first && at - timedAt >= TIME_AGAIN_MS
      if (!first && !draining && sent - probedAt < size * (isAlone() && size > WIDE ? 1 / 4 : 1 / 8)) return false
      if (first && at - restedAt > roundTrip + REST_MS) restartLimit = Math.max(LEAST, size / 8)
      probedAt = sent
      probes.push({ upTo: sent, at, inFlight: sent - arrived, alone })
      return true
    },
    answered(there) {
      const probe = probes.shift()
      if (!probe) return false
      const back = now()
      const delay = there - probe.at
      const bytes = probe.upTo - arrived
      arrived = probe.upTo
      restartLimit += bytes
      if (probes.length === 0) {
        restedAt = draining ? Number.NEGATIVE_INFINITY : back
        draining = false
      }
      if (probe.alone) {
        base = delay
        roundTrip = back - probe.at
        timedAt = back
        delays = []
      } else {
        base = Math.min(base, delay)
        roundTrip = Math.min(roundTrip, back - probe.at)
      }
      steer(delay, probe, bytes)
      return true
    },
  }
  return self
}
