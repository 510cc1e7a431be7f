import * as v from 'valibot'
import { type CallDevices, CallId, type CallReply } from '../../protocol/call.ts'
import { randomId } from '../random-id.ts'
import type { CallHandle, CallLine, CallNow } from './call-handle.ts'
import type { CallMessage } from './call-message.ts'
import { type Call, type CallEvent, nextCall } from './call-rules.ts'
import { type DeviceKind, faultOf, type OpenFault, openDevice, openDevices, type Wish } from './devices.ts'
import { fillLines, type Lines } from './lines.ts'
import { ownDevices } from './own-devices.ts'
import { NO_RESTS, nextRests, restOfTheirs } from './rest.ts'

/** So long it rings, in ms. */
const RING_MS = 60_000
/** So many calls may be asked for in one session by either side. */
const MAX_CALLS = 100

const KINDS: readonly DeviceKind[] = ['microphone', 'camera']

/** One side of the calls of a session; it outlives links. @param busy whether another call goes on, with somebody else */
export function createCall(busy: () => boolean): CallHandle {
  const changes = new EventTarget()
  /** Every call that this session has known. What is said of others comes from no page of ours. */
  const known = new Set<CallId>()
  let call: Call = { kind: 'none', last: undefined }
  /** They outlive sessions: who rings without end does not begin anew with another link. */
  let rests = NO_RESTS
  const own = ownDevices((kind) => {
    fault = { device: kind, why: 'no-device' }
    tell()
  })
  let fault: OpenFault | undefined
  let opening = false
  /** Which try to open devices counts: an older one is let go. */
  let attempt = 0
  /** The same of each device by itself. */
  const takes: Record<DeviceKind, number> = { microphone: 0, camera: 0 }
  let link: CallLine | undefined
  let lines: Lines | undefined
  let ringing: ReturnType<typeof setTimeout> | undefined
  /** What the other side believes of this side's devices. */
  let believed: CallDevices | undefined
  let now = look()

  function look(): CallNow {
    const live = call.kind === 'on' ? call : undefined
    const { voice, picture } = lines ?? {}
    return {
      call,
      again: rests.mine.until,
      opening,
      mine: own.states,
      own: own.tracks,
      fault,
      theirs: {
        ...(live && voice && live.theirs.microphone !== 'none' && { voice: voice.receiver.track }),
        ...(live && picture && live.theirs.camera === 'on' && { picture: picture.receiver.track }),
      },
    }
  }

  function changed() {
    now = look()
    changes.dispatchEvent(new Event('change'))
  }

  /** What is allowed is told before what it allows: the change comes first, then the word. */
  function happened(event: CallEvent) {
    const before = call
    const step = nextCall(call, event, own.states, Date.now())
    call = step.call
    rests = nextRests(rests, before, call, event, Date.now())
    if (call.kind !== before.kind || idOf(call) !== idOf(before)) entered(before)
    changed()
    for (const message of step.say) say(message)
    if (call.kind !== 'on') return
    // One that was unplugged while it rang.
    if (before.kind === 'asking' && !sameDevices(believed, own.states)) sayState(call.id)
    fill()
  }

  function say(message: CallMessage) {
    if ('with' in message) believed = message.with
    link?.send(message)
  }

  function sayState(id: CallId) {
    say({ type: 'call-state', id, with: own.states })
  }

  function entered(before: Call) {
    // Another question does not make it ring longer.
    if (before.kind === 'ringing' && call.kind === 'ringing') return
    clearTimeout(ringing)
    ringing = undefined
    if (call.kind === 'asking' || call.kind === 'ringing')
      ringing = setTimeout(() => happened({ type: 'expired' }), RING_MS)
    if (call.kind === 'none') letGo()
  }

  function letGo() {
    attempt += 1
    opening = false
    for (const kind of KINDS) {
      takes[kind] += 1
      own.put(kind, undefined)
    }
    fill()
  }

  function fill() {
    if (lines) fillLines(lines, own.tracks).catch(() => {})
  }

  function drop(kind: DeviceKind) {
    takes[kind] += 1
    own.put(kind, undefined)
    tell()
  }

  /** Of what this side puts into the call. */
  function tell() {
    changed()
    if (call.kind !== 'on') return
    sayState(call.id)
    fill()
  }

  /** @returns whether what is wished is open, as far as it is there at all; not where it is not wanted any more. */
  async function open(wish: Wish): Promise<boolean> {
    const mine = ++attempt
    opening = true
    fault = undefined
    changed()
    const got = await openDevices(wish)
    const { microphone, camera } = got.tracks
    if (mine !== attempt) {
      for (const track of [microphone, camera]) track?.stop()
      return false
    }
    opening = false
    fault = got.fault
    own.put('microphone', microphone)
    own.put('camera', camera)
    changed()
    return fault === undefined || microphone !== undefined || camera !== undefined
  }

  /** Two who are helped do not hear each other's help. */
  function hindered(): boolean {
    if (!busy()) return false
    fault = { why: 'other-call' }
    changed()
    return true
  }

  function isRinging() {
    return call.kind === 'ringing'
  }

  async function accept(wish: Wish) {
    if (opening || call.kind !== 'ringing' || hindered()) return
    if (await open(wish)) happened({ type: 'accept' })
  }

  /** @returns whether what is said is of a call that this session has seen; of those beyond the limit nothing is kept. */
  function isKnown(id: CallId): boolean {
    if (!known.has(id) && known.size < MAX_CALLS) link?.refuse('of a call that nobody asked for')
    return known.has(id)
  }

  return {
    get now() {
      return now
    },
    onChange(hear, signal) {
      changes.addEventListener('change', hear, { signal })
    },
    async ask(wish) {
      if (opening || call.kind !== 'none' || Date.now() < rests.mine.until || hindered()) return
      if (!(await open(wish))) return
      // They called meanwhile.
      if (isRinging()) return happened({ type: 'accept' })
      const id = v.parse(CallId, randomId())
      known.add(id)
      happened({ type: 'ask', id, video: wish.camera })
    },
    accept,
    decline() {
      const answer = declinedFor(fault)
      fault = undefined
      happened({ type: 'decline', answer })
    },
    end() {
      fault = undefined
      if (call.kind === 'none') {
        letGo()
        changed()
      } else happened({ type: 'end' })
    },
    async turn(kind, on) {
      if (call.kind !== 'on') return
      if (kind === 'microphone' && own.mute(!on)) return tell()
      if (on) return await take(kind)
      if (kind === 'camera') takes.camera += 1
      if (kind !== 'camera' || own.states.camera !== 'on') return
      own.cameraOff()
      tell()
    },
    choose: (kind, deviceId) => take(kind, deviceId),
    drop,
    dismiss() {
      fault = undefined
      happened({ type: 'dismissed' })
    },
    over() {
      known.clear()
      happened({ type: 'over', why: 'lost' })
      lines = undefined
    },
    part(live) {
      link = live
      lines = undefined
      live.signal.addEventListener('abort', () => {
        if (link === live) link = undefined
      })
      live.on('call-ask', ({ id, video, with: theirs }) => {
        const full = known.size >= MAX_CALLS && !known.has(id)
        if (full) return live.send({ type: 'call-answer', id, answer: { kind: 'busy' } })
        // Nobody is asked again at once. What calls all the same, as a page that was loaded anew, is told when it may; the same question, what was said.
        const ms = restOfTheirs(rests, Date.now())
        if (call.kind === 'none' && ms !== undefined) {
          const answer: CallReply = known.has(id) ? { kind: 'declined' } : { kind: 'resting', ms }
          known.add(id)
          return live.send({ type: 'call-answer', id, answer })
        }
        known.add(id)
        happened({ type: 'asked', id, video, with: theirs, busy: busy() })
      })
      live.on('call-answer', ({ id, answer }) => {
        if (isKnown(id)) happened({ type: 'answered', id, answer })
      })
      live.on('call-state', ({ id, with: theirs }) => {
        if (isKnown(id)) happened({ type: 'told', id, with: theirs })
      })
      live.on('call-end', ({ id }) => {
        if (isKnown(id)) happened({ type: 'ended', id })
      })
      happened({ type: 'linked' })
    },
    carry(next) {
      lines = next
      if (!next) return happened({ type: 'over', why: 'failed' })
      changed()
      fill()
    },
  }

  async function take(kind: DeviceKind, deviceId?: string) {
    takes[kind] += 1
    const mine = takes[kind]
    try {
      const track = await openDevice(kind, deviceId)
      if (!track) return
      // It was stopped, or another was chosen, while the browser asked.
      if (call.kind !== 'on' || takes[kind] !== mine) return track.stop()
      if (kind === 'microphone' && own.states.microphone === 'off') track.enabled = false
      fault = undefined
      own.put(kind, track)
      tell()
    } catch (cause) {
      if (takes[kind] !== mine) return
      fault = { device: kind, why: faultOf(cause) }
      changed()
    }
  }
}

function declinedFor(fault: OpenFault | undefined): Exclude<CallReply, { kind: 'accepted' }> {
  if (!fault) return { kind: 'declined' }
  return fault.why === 'other-call' ? { kind: 'busy' } : { kind: 'no-device', why: fault.why }
}

function sameDevices(a: CallDevices | undefined, b: CallDevices): boolean {
  return a?.microphone === b.microphone && a.camera === b.camera
}

function idOf(call: Call): CallId | undefined {
  return call.kind === 'none' ? undefined : call.id
}
