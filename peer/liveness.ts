import * as v from 'valibot'
import { onNetworkChange } from './network-change.ts'

/** A link whose other side says nothing for so long is taken for cut, in ms: three beats. */
export const SILENT_MS = 3000
/** After something that may have changed the network so much must do. */
const PROBE_MS = 1500
/** Where bytes still arrive one large piece may hold up the beats behind it for so long; a page that hangs acknowledges for ever. */
const SILENT_THOUGH_MS = 10_000
const TICK_MS = 250
/** A tick that comes so much too late comes after a sleep. Hidden pages tick each second. */
const SLEPT_MS = 2500
/** So long before the verdict it is asked whether bytes still arrive, in ms: two ticks. */
const LOOK_MS = 500

/** When the other side was heard last, and when something last happened to the network. */
export type Heard = { heardAt: number; alarmAt: number }

/** Whether the link is cut, as far as one can tell at `now`. */
export function isSilent({ heardAt, alarmAt }: Heard, now: number): boolean {
  if (now - heardAt >= SILENT_MS) return true
  return alarmAt > heardAt && now - alarmAt >= PROBE_MS
}

export type WatchOptions = {
  connection: EventTarget & Pick<RTCPeerConnection, 'getStats' | 'iceConnectionState'>
  /** `since`: when the other side was heard last. Once, until it is heard again. */
  onSilent(since: number): void
  /** After `onSilent`: the old link is alive. */
  onHeard(): void
  signal: AbortSignal
  network?: EventTarget
}

/** Tells by what is heard on a link, by its network's events and by one's own sleep whether it is cut. */
export function watchLink({ connection, onSilent, onHeard, signal, network }: WatchOptions) {
  let state: Heard = { heardAt: Date.now(), alarmAt: 0 }
  let silent = false
  let ticked = Date.now()
  /** Bytes that had arrived when it was last asked. */
  let arrived: number | undefined
  let arriving = false
  const alarm = () => {
    state = { ...state, alarmAt: Date.now() }
  }
  onNetworkChange(alarm, signal, network)
  connection.addEventListener(
    'iceconnectionstatechange',
    () => {
      if (connection.iceConnectionState === 'disconnected') alarm()
    },
    { signal },
  )
  const timer = setInterval(() => void tick(), TICK_MS)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })

  return { heard }

  function heard() {
    state = { ...state, heardAt: Date.now() }
    arrived = undefined
    arriving = false
    if (!silent) return
    silent = false
    onHeard()
  }

  async function tick() {
    const now = Date.now()
    // Nothing could be heard meanwhile: the silence is counted from here, and what woke may be elsewhere.
    if (now - ticked > TICK_MS + SLEPT_MS) state = { heardAt: now - 1, alarmAt: now }
    ticked = now
    if (silent || !isSilent(state, now + LOOK_MS)) return
    const bytes = await bytesReceived(connection)
    if (signal.aborted || silent) return
    if (arrived !== undefined && bytes > arrived) arriving = true
    arrived = bytes
    if (!isSilent(state, now) || (arriving && now - state.heardAt < SILENT_THOUGH_MS)) return
    silent = true
    onSilent(state.heardAt)
  }
}

const Pair = v.object({ type: v.literal('candidate-pair'), bytesReceived: v.number() })

async function bytesReceived(connection: Pick<RTCPeerConnection, 'getStats'>): Promise<number> {
  const stats: unknown[] = [...(await connection.getStats()).values()]
  return stats.reduce<number>((sum, entry) => (v.is(Pair, entry) ? sum + entry.bytesReceived : sum), 0)
}
