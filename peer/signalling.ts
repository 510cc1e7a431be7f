import * as v from 'valibot'
import type { Refusal } from '../protocol/errors.ts'
import type { Role, Time, Token } from '../protocol/ids.ts'
import { MAX_SOCKET_MESSAGE, PROTOCOL_VERSION, SILENCE_MS } from '../protocol/limits.ts'
import {
  type CustomerToServer,
  type Hello,
  Ping,
  Pong,
  Refused,
  type ServerToCustomer,
  type ServerToTechnician,
  type TechnicianToServer,
  Welcome,
} from '../protocol/socket.ts'
import { backoff, LONGEST_BACKOFF_MS } from './backoff.ts'
import { onNetworkChange } from './network-change.ts'
import { sleep } from './sleep.ts'

export type SignallingState =
  | { kind: 'connecting' }
  /** The server has accepted the `hello`. */
  | { kind: 'open' }
  | { kind: 'waiting-to-retry'; at: Time }
  /** The server does not want this `hello`, or not any more; it is not tried again. */
  | { kind: 'refused'; refusal: Refusal }

type Sent = { technician: TechnicianToServer; customer: CustomerToServer }
type Heard = { technician: ServerToTechnician; customer: ServerToCustomer }

/** A server that is there says so within this time, in ms; beyond it another socket is tried. */
const ANSWER_MS = 1500
/** From the first packet to the welcome, in ms. */
const WELCOME_MS = 10_000

/** One socket to the server, which comes back by itself until its signal is aborted. */
export type Signalling<R extends Role> = {
  /** @returns false where nothing was sent, because the socket is not open. */
  send(message: Sent[R]): boolean
  /** The way to the server may be gone without a word: asks whether it is there, and takes another socket where it is not. */
  doubt(): void
  /** Every message but `ping` and `pong`, which are dealt with here. */
  onMessage(receive: (message: Heard[R]) => void, signal: AbortSignal): void
}

export type SignallingOptions<R extends Role> = {
  /** `wss://HOST/api/socket`. */
  url: string
  role: R
  /** What the server says to this role: given, so that a page loads the schemas of its own role alone. */
  hears: v.GenericSchema<unknown, Heard[R]>
  token: Token
  /** The background of a technician's browser, which does not count as being at the desk. */
  pager?: boolean
  onState(state: SignallingState): void
  signal: AbortSignal
  /** Whose `online` event ends a wait, and gives rise to doubt; the window, but for tests. */
  network?: EventTarget
}

/** Refusals of a `hello` that pass by themselves. */
const PASSING: readonly Refusal['code'][] = ['too-many', 'unavailable']

export function openSignalling<R extends Role>(options: SignallingOptions<R>): Signalling<R> {
  const { url, role, hears, token, pager = false, onState, signal, network = globalThis } = options
  const hello: Hello = { type: 'hello', version: PROTOCOL_VERSION, role, token, ...(pager && { pager }) }
  const readers = new Set<(message: Heard[R]) => void>()
  let say: ((message: Sent[R]) => void) | undefined
  let ask = () => {}
  /** The socket ended because a doubt was right. */
  let unanswered = false
  const doubt = () => ask()
  onNetworkChange(doubt, signal, network)
  void keepOpen()

  return {
    doubt,
    send(message) {
      say?.(message)
      return say !== undefined
    },
    onMessage(receive, until) {
      if (until.aborted) return
      readers.add(receive)
      until.addEventListener('abort', () => readers.delete(receive), { once: true })
    },
  }

  async function keepOpen() {
    let failures = 0
    while (!signal.aborted) {
      onState({ kind: 'connecting' })
      const began = Date.now()
      const refusal = await converse()
      say = undefined
      ask = () => {}
      if (signal.aborted) return
      if (refusal && !PASSING.includes(refusal.code)) return onState({ kind: 'refused', refusal })
      // What the network did is no failure of the server's: at once, and not counted.
      if (unanswered) {
        unanswered = false
        continue
      }
      failures = Date.now() - began > LONGEST_BACKOFF_MS ? 1 : failures + 1
      const wait = Math.max(backoff(failures), refusal?.retryAfterMs ?? 0)
      onState({ kind: 'waiting-to-retry', at: Date.now() + wait })
      const online = new AbortController()
      network.addEventListener('online', () => online.abort(), { once: true, signal })
      await sleep(wait, signal, online.signal)
    }
  }

  /** One socket, from its opening to its end. @returns why the server refused the `hello`, if it did. */
  async function converse(): Promise<Refusal | undefined> {
    const { promise: ended, resolve: end } = Promise.withResolvers<Refusal | undefined>()
    const socket = new WebSocket(url)
    const write = (message: Sent[R] | Hello | { type: 'ping' | 'pong' }) => socket.send(JSON.stringify(message))
    const life = new AbortController()
    const { signal: alive } = life
    let silence = setTimeout(end, WELCOME_MS)
    let welcome = false
    let asked: ReturnType<typeof setTimeout> | undefined
    let greetedAt = 0
    let answerMs = ANSWER_MS

    socket.addEventListener('open', greet, { signal: alive })
    socket.addEventListener('close', () => end(undefined), { signal: alive })
    signal.addEventListener('abort', () => end(undefined), { signal: alive })
    socket.addEventListener(
      'message',
      ({ data }) => {
        clearTimeout(silence)
        silence = setTimeout(end, SILENCE_MS)
        const message = decode(data)
        if (!message) end(undefined)
        else if (v.is(Ping, message)) write({ type: 'pong' })
        else if (v.is(Pong, message)) answered()
        // After the welcome too: whoever has this seat now would lose it again if this socket came back.
        else if (v.is(Refused, message) && (!welcome || message.refusal.about === 'hello')) end(message.refusal)
        else hear(message)
      },
      { signal: alive },
    )

    function greet() {
      greetedAt = performance.now()
      write(hello)
    }

    /** Whatever else comes says only that the server is heard, and not that it hears. */
    function answered() {
      clearTimeout(asked)
      asked = undefined
    }

    function hear(message: Heard[R]) {
      if (v.is(Welcome, message)) {
        welcome = true
        // Over a satellite every answer takes that long.
        answerMs = Math.min(2 * ANSWER_MS, Math.max(ANSWER_MS, 2 * (performance.now() - greetedAt)))
        say = write
        ask = () => {
          if (asked !== undefined) return
          asked = setTimeout(() => {
            unanswered = true
            end(undefined)
          }, answerMs)
          write({ type: 'ping' })
        }
        onState({ kind: 'open' })
      }
      for (const receive of readers) receive(message)
    }

    const refusal = await ended
    clearTimeout(silence)
    clearTimeout(asked)
    life.abort()
    socket.close()
    return refusal
  }

  /** @returns undefined for what no server of this version says; it costs the server this socket. */
  function decode(data: unknown): Heard[R] | undefined {
    if (typeof data !== 'string' || data.length > MAX_SOCKET_MESSAGE) return undefined
    try {
      return v.parse(hears, JSON.parse(data))
    } catch {
      return undefined
    }
  }
}
