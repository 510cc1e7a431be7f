import type { Role } from '../protocol/ids.ts'
import type { LastWord } from '../protocol/last-word.ts'
import { DIAL_MS } from '../protocol/limits.ts'
import type { DialSignal, PairMessage, Signal } from '../protocol/pairing.ts'
import { type Attempt, dial as dialOnce, type Link } from './dial.ts'
import type { Paired } from './handshake.ts'
import type { IceServers } from './ice-servers.ts'
import type { Inbox } from './inbox.ts'
import { LinkError } from './link-error.ts'
import { relayMessage, type TicketRelay } from './relay.ts'
import { createSeal } from './seal.ts'

/** How long each attempt after the first link may take, in ms; the last one counts for all that follow. */
const REDIAL_MS = [6000, 10_000, 15_000] as const
/** An attempt that failed sooner is not followed at once, and one so young is not given up for another, in ms. */
const PAUSE_MS = 1000
/** The technician asks for an offer this often until it comes, in ms: the relay may lose any message. */
const ASK_AGAIN_MS = 1000

export type DiallerOptions = {
  role: Role
  paired: Paired
  relay: TicketRelay
  inbox: Inbox
  ice: IceServers
  /** A connection stands, until `hangUp`. `settle` says that it is good. */
  onLink(link: Link, hangUp: () => void): void
  /** The other side ends on purpose what has no link. */
  onWord(word: LastWord['type']): void
  /** The other side does not know this session any more, or so the relay says. */
  onAnew(): void
  /** Of use no more: the first link did not come about. */
  onFailure(cause: unknown): void
  /** Ends all trying. */
  signal: AbortSignal
  /** Ends every link. */
  hangUp: AbortSignal
  /** Whose `online` event ends a wait; the window, but for tests. */
  network?: EventTarget
  /** Another way to connect, for tests. */
  connect?: typeof dialOnce
}

/** Makes links under the keys of one session: numbered dials, of which the highest that either side named counts. */
export type Dialler = {
  /** Tries until a link is settled, however long it takes. */
  want(): void
  /** The link that there is works: no more tries from here. What the other side begins is done all the same. */
  settle(): void
  /** Through the relay, sealed, as far as there is a way. */
  say(word: LastWord): void
}

/** One dial. `said`, `heard`: of this side, to be said again; of the other, until there is something to hear it. */
type Dial = {
  number: number
  life: AbortController
  began: number
  said: DialSignal[]
  heard: DialSignal[]
  described: boolean
  linked: boolean
  attempt?: Attempt
}

export function openDialler(options: DiallerOptions): Dialler {
  const { role, paired, relay, inbox, ice, signal, hangUp, network = globalThis, connect = dialOnce } = options
  const seal = createSeal(paired.keys, paired.sid, role)
  /** Until a link was settled, what is wrong ends it; from then on a relay can delay, and no more. */
  let settledOnce = false
  let wanted = false
  let tries = 0
  let latest = -1
  let running: Dial | undefined
  let asking: ReturnType<typeof setInterval> | undefined
  let next: ReturnType<typeof setTimeout> | undefined
  let sealing = Promise.resolve()

  signal.addEventListener('abort', () => drop(), { once: true })
  network.addEventListener('online', nudge, { signal })
  relay.onReady(nudge, signal)
  void pump()

  return {
    want() {
      if (wanted || signal.aborted) return
      wanted = true
      tries = 0
      begin()
    },
    settle() {
      settledOnce = true
      wanted = false
      stopTimers()
    },
    say: (word) => say(word, Math.max(0, latest)),
  }

  /** What was said before may be lost, or speak of a network that is gone. */
  function nudge() {
    const young = running && Date.now() - running.began < PAUSE_MS
    if (wanted && settledOnce && !young) begin()
  }

  function begin() {
    const number = latest + 1
    if (role === 'customer') return void run(take(number))
    drop()
    ask(number)
  }

  function ask(number: number) {
    stopTimers()
    latest = number
    const please = () => say({ type: 'redial' }, number)
    // The very first offer comes unasked.
    if (settledOnce) please()
    asking = setInterval(please, ASK_AGAIN_MS)
    next = setTimeout(() => missed(new LinkError('no-route', 'no offer came'), patience()), patience())
  }

  function stopTimers() {
    clearInterval(asking)
    clearTimeout(next)
  }

  /** A link that came of the running dial stays until its owner hangs up. */
  function drop() {
    stopTimers()
    if (running && !running.linked) running.life.abort()
    running = undefined
  }

  function take(number: number): Dial {
    drop()
    latest = number
    const life = new AbortController()
    running = { number, life, began: Date.now(), said: [], heard: [], described: false, linked: false }
    return running
  }

  async function run(mine: Dial) {
    try {
      const { iceServers } = await ice()
      if (running !== mine) return
      mine.attempt = connect({
        role,
        ice: iceServers,
        say(negotiation) {
          mine.said.push(negotiation)
          say(negotiation, mine.number)
        },
        withinMs: patience(),
        signal: AbortSignal.any([mine.life.signal, hangUp]),
      })
      for (const negotiation of mine.heard) mine.attempt.hear(negotiation)
      const link = await mine.attempt.link
      if (running !== mine) return mine.life.abort()
      mine.linked = true
      void link.closed.then((cause) => running === mine && missed(cause))
      options.onLink(link, () => mine.life.abort())
    } catch (cause) {
      if (running === mine) missed(cause, Date.now() - mine.began)
    }
  }

  function missed(cause: unknown, lasted = 0) {
    drop()
    if (!wanted || signal.aborted) return
    if (!settledOnce) return options.onFailure(cause)
    tries += 1
    next = setTimeout(begin, Math.max(0, PAUSE_MS - lasted))
  }

  function patience(): number {
    return settledOnce ? (REDIAL_MS[tries] ?? REDIAL_MS[REDIAL_MS.length - 1] ?? DIAL_MS) : DIAL_MS
  }

  function say(what: Signal, number: number) {
    sealing = sealing
      .then(async () => void relayMessage(relay, await seal.seal(what, number)))
      .catch((cause) => {
        if (!settledOnce) options.onFailure(cause)
      })
  }

  /** Runs as long as the session: candidates may come late, and a new dial at any time. */
  async function pump() {
    while (!signal.aborted) {
      try {
        await receive(await inbox.next(signal))
      } catch (cause) {
        if (signal.aborted) return
        if (!settledOnce) return options.onFailure(cause)
      }
    }
  }

  async function receive(message: PairMessage) {
    if (message.type === 'sealed') return hear(await seal.open(message), message.dial)
    if (message.type === 'abort' && !settledOnce) {
      throw new LinkError(message.reason, 'the other side gave up', { told: true })
    }
    const begunThere = message.type === 'start' && message.sid !== paired.sid
    const begunHere = message.type === 'anew' && message.sid === paired.sid
    if (begunThere || begunHere) options.onAnew()
  }

  function hear(what: Signal, number: number) {
    if (what.type === 'bye' || what.type === 'hand-over' || what.type === 'not-asked') return options.onWord(what.type)
    if (number < latest) return
    if (what.type === 'redial') return asked(number)
    if (running?.number !== number && role === 'technician') {
      // Without its offer a candidate says only that there is a dial.
      if (what.type !== 'offer') return number > latest ? ask(number) : undefined
      joinDial(number)
    }
    if (running?.number !== number) return
    if (what.type !== 'candidate') {
      // Said again.
      if (running.described) return
      running.described = true
    }
    if (running.attempt) running.attempt.hear(what)
    else running.heard.push(what)
  }

  /**
   * Answers a dial that the other side began: its link was cut in a way that this side has not noticed. Over a line that is dead in one
   * direction only, the server may not hear this side either. Before the first link there is nothing to doubt.
   */
  function joinDial(number: number) {
    if (settledOnce) relay.doubt()
    void run(take(number))
  }

  function asked(number: number) {
    if (role !== 'customer') return
    if (number > latest) return joinDial(number)
    if (running?.number === number && !running.linked) for (const said of running.said) say(said, number)
  }
}
