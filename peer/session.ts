import * as v from 'valibot'
import type { Role, TicketId, Time } from '../protocol/ids.ts'
import type { LastWord } from '../protocol/last-word.ts'
import { PROTOCOL_VERSION, RECONNECT_MS } from '../protocol/limits.ts'
import type { Chat } from '../protocol/link.ts'
import { AbortReason } from '../protocol/pairing.ts'
import { type Channel, type LinkMessage, openChannel } from './channel.ts'
import type { Link } from './dial.ts'
import { type Dialler, openDialler } from './dialler.ts'
import type { Paired } from './handshake.ts'
import type { IceServers } from './ice-servers.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { LinkError } from './link-error.ts'
import { type LinkPart, type LiveLink, liveLink, type Readers } from './live-link.ts'
import { watchLink } from './liveness.ts'
import { relayMessage, type TicketRelay } from './relay.ts'
import { renewInTime } from './renewal.ts'
import type { SessionState } from './session-state.ts'
import { sleep } from './sleep.ts'
import { countWritten } from './written.ts'

/** How long a goodbye may take to arrive before the connection is torn down, in ms; and a link that has a better one in its place. */
const GOODBYE_MS = 1000

/** What the callers of both sides' sessions give. */
export type SessionOptions = {
  ticket: TicketId
  relay: TicketRelay
  /** Asked at each dial. */
  ice: IceServers
  /** Ends the session as `end` does. */
  signal: AbortSignal
}

/** What both sides' sessions report. A message that was sent again after a cut may be reported twice: look at its id. */
export type SessionEvents = {
  state(state: SessionState): void
  chat(chat: Chat): void
  chatReceived(id: Chat['id']): void
}

/** What the two sides' sessions do differently. */
export type SessionSide<In extends LinkMessage, Out extends LinkMessage> = {
  role: Role
  pair(inbox: Inbox, signal: AbortSignal): Promise<Paired>
  incoming: v.GenericSchema<unknown, In>
  canShare: boolean
  /** What begins on each new link. */
  parts: readonly LinkPart<In, Out>[]
}

export type Session<Out extends LinkMessage> = {
  /** @returns false where nothing was sent, because no link is up. */
  send(message: Out): boolean
  /** Says goodbye and releases everything. */
  end(): void
  /** Customer's side: the same, and says that the help was not asked for. */
  refuse(): void
  /** Technician's side: the same, but the customer stays for whoever comes next. */
  handOver(): void
  /** The other side is known to be gone: it is `lost` now, without a word to it. */
  giveUp(): void
  /** Customer's side: whoever is there may not be any more. It is `handed-over` now, without a word. */
  letGo(): void
}

/** A link over which the other side has said `hello`. */
type Live<In extends LinkMessage, Out extends LinkMessage> = {
  link: LiveLink<In, Out>
  readers: Readers<In>
  channel: Channel
  closed: Link['closed']
  canShare: boolean
  /** Has another in its place. */
  replace(): void
}

/** Pairing, dialling, talking, and dialling again when the link is cut: one session of either side, until its state is `over`. */
export function runSession<In extends LinkMessage, Out extends LinkMessage>(
  options: SessionOptions,
  on: SessionEvents,
  side: SessionSide<In, Out>,
): Session<Out> {
  const { relay, ice } = options
  const life = new AbortController()
  const hangUp = new AbortController()
  const inbox = openInbox(relay, life.signal)
  const written = countWritten()
  let dialler: Dialler | undefined
  let live: Live<In, Out> | undefined
  /** Of the first link. */
  let since: Time | undefined
  /** While the link is cut: when the session is given up. */
  let reconnecting: ReturnType<typeof setTimeout> | undefined
  options.signal.addEventListener('abort', end, { once: true, signal: life.signal })
  queueMicrotask(() => run().catch(finish))

  return {
    send(message) {
      if (!live || reconnecting !== undefined) return false
      live.link.send(message)
      return true
    },
    end,
    handOver: () => close('handed-over', { type: 'hand-over' }),
    giveUp: () => finish(new LinkError('lost', 'the other side is gone')),
    letGo: () => finish(new LinkError('handed-over', 'somebody else attends, or nobody')),
    refuse: () => close('ended-here', { type: 'not-asked' }),
  }

  async function run() {
    options.signal.throwIfAborted()
    on.state({ kind: 'pairing' })
    const paired = await side.pair(inbox, life.signal)
    on.state({ kind: 'connecting' })
    dialler = openDialler({
      role: side.role,
      paired,
      relay,
      inbox,
      ice,
      onLink: (link, drop) => greet(link, paired.keys.words, drop),
      onWord: heardWord,
      onAnew() {
        // With a link that stands, its silence will tell.
        if (!live || reconnecting !== undefined) finish(new LinkError('lost', 'the other side begins anew'))
      },
      onFailure: finish,
      signal: life.signal,
      hangUp: hangUp.signal,
    })
    dialler.want()
  }

  /** A connection stands: it counts from the other side's `hello` on. */
  function greet(link: Link, words: readonly number[], drop: () => void) {
    const own = new AbortController()
    const signal = AbortSignal.any([life.signal, own.signal])
    const cut = (at: Time) => {
      if (live?.closed === link.closed) missing(at)
      else drop()
    }
    const watch = watchLink({ connection: link.connection, onSilent: cut, onHeard: () => found(link), signal })
    const channel = openChannel({
      transport: link.peer,
      incoming: side.incoming,
      hello: { type: 'hello', version: PROTOCOL_VERSION, share: side.canShare },
      onHello({ share }) {
        if (signal.aborted) return
        const { readers, link: talk } = liveLink<In, Out>(link, words, channel, refuse, signal)
        const replace = () => {
          own.abort(new LinkError('lost', 'another link is in its place'))
          void sleep(GOODBYE_MS, hangUp.signal).then(drop)
        }
        up({ link: talk, readers, channel, closed: link.closed, canShare: share, replace })
      },
      onMessage: hear,
      onFrame(frame) {
        if (live?.readers.hearFrame(frame) === false) refuse('bytes of a stream that nobody opened')
      },
      onHeard: watch.heard,
      onFailure: finish,
      signal,
    })
    void link.closed.then(() => {
      if (signal.aborted) return
      if (live?.closed === link.closed) missing(Date.now())
      own.abort(new LinkError('lost', 'the connection closed'))
    })
  }

  function up(next: Live<In, Out>) {
    const before = live
    live = next
    settled(next)
    void renewInTime({ connection: next.link.connection, ice, renew: () => dialler?.want(), signal: next.link.signal })
    // The parts are on the new link before the old one goes: what they hold need not be let go in between.
    for (const begin of side.parts) begin(next.link)
    before?.replace()
  }

  function settled({ canShare }: Live<In, Out>) {
    clearTimeout(reconnecting)
    reconnecting = undefined
    since ??= Date.now()
    dialler?.settle()
    on.state({ kind: 'live', since, canShare })
  }

  /** The link is silent or closed. */
  function missing(at: Time) {
    if (reconnecting === undefined) {
      reconnecting = setTimeout(() => finish(new LinkError('lost', 'no new link within the time')), RECONNECT_MS)
      on.state({ kind: 'reconnecting', since: at })
      // What cut the link may have cut the socket too, over which a new one comes about.
      relay.doubt()
    }
    dialler?.want()
  }

  /** The old link was only slow. */
  function found(link: Link) {
    if (live && live.closed === link.closed) settled(live)
  }

  function heardWord(word: LastWord['type']) {
    if (word === 'bye') finish(new LinkError('ended-there', 'goodbye'))
    else if (word === 'not-asked') finish(new LinkError('not-asked', 'the customer did not ask for this'))
    else finish(new LinkError('handed-over', 'somebody else goes on'))
  }

  function refuse(why: string) {
    finish(new LinkError('bad-frame', why))
  }

  function hear(message: In) {
    if (!live) return
    const known: LinkMessage = message
    switch (known.type) {
      case 'chat':
        if (!written.takes(known.text)) return refuse('more words than a person writes')
        live.channel.send({ type: 'chat-received', id: known.id })
        return on.chat(known)
      case 'chat-received':
        return on.chatReceived(known.id)
      case 'bye':
      case 'not-asked':
      case 'hand-over':
        return heardWord(known.type)
      default:
        live.readers.hear(message)
    }
  }

  function end() {
    close('ended-here', { type: 'bye' })
  }

  function close(reason: 'ended-here' | 'handed-over', lastWord: LastWord) {
    // Whoever lets go of what is lost already says no goodbye: the other side would take it for one on purpose.
    if (life.signal.aborted) return
    const ended = new LinkError(reason, 'on purpose')
    if (reconnecting !== undefined) dialler?.say(lastWord)
    if (!live) return finish(ended)
    live.channel.send(lastWord)
    finish(ended, Promise.race([live.closed, sleep(GOODBYE_MS, hangUp.signal)]))
  }

  /** @param goodbye what the connection is kept for. */
  function finish(cause: unknown, goodbye?: Promise<unknown>) {
    if (life.signal.aborted) return
    const error = cause instanceof LinkError ? cause : new LinkError('lost', String(cause))
    const { reason, detail } = error
    live = undefined
    clearTimeout(reconnecting)
    life.abort(error)
    if (!detail.told && v.is(AbortReason, reason)) relayMessage(relay, { type: 'abort', reason })
    if (goodbye) void goodbye.then(() => hangUp.abort(error))
    else hangUp.abort(error)
    on.state({ kind: 'over', why: reason, ...(detail.retryAfterMs && { retryAfterMs: detail.retryAfterMs }) })
  }
}
