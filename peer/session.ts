import * as v from 'valibot'
import type { IceReply } from '../protocol/http.ts'
import type { Role, TicketId } from '../protocol/ids.ts'
import { PROTOCOL_VERSION } from '../protocol/limits.ts'
import type { Chat, LinkHello } from '../protocol/link.ts'
import { AbortReason } from '../protocol/pairing.ts'
import { type LinkMessage, openChannel } from './channel.ts'
import { dial } from './dial.ts'
import type { Paired } from './handshake.ts'
import { type Inbox, openInbox } from './inbox.ts'
import { LinkError } from './link-error.ts'
import { type LinkPart, type LiveLink, liveLink, type Readers } from './live-link.ts'
import { relayMessage, type TicketRelay } from './relay.ts'
import type { SessionState } from './session-state.ts'
import { sleep } from './sleep.ts'

/** How long a goodbye may take to arrive before the connection is torn down, in ms. */
const GOODBYE_MS = 1000

/** What the callers of both sides' sessions give. */
export type SessionOptions = {
  ticket: TicketId
  relay: TicketRelay
  ice: IceReply['iceServers']
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
  /** @returns false where nothing was sent, because the session is not live. */
  send(message: Out): boolean
  /** Says goodbye and releases everything. */
  end(): void
  /** Technician's side: the same, but the customer stays for whoever comes next. */
  handOver(): void
}

/** Pairing, dialling, talking: one session of either side, until its state is `over`. */
export function runSession<In extends LinkMessage, Out extends LinkMessage>(
  options: SessionOptions,
  on: SessionEvents,
  side: SessionSide<In, Out>,
): Session<Out> {
  const { relay, ice } = options
  const life = new AbortController()
  const hangUp = new AbortController()
  const inbox = openInbox(relay, life.signal)
  let live:
    | { link: LiveLink<In, Out>; readers: Readers<In>; say(message: LinkMessage): void; gone: Promise<unknown> }
    | undefined
  options.signal.addEventListener('abort', end, { once: true, signal: life.signal })
  queueMicrotask(() => run().catch(finish))

  return {
    send(message) {
      live?.link.send(message)
      return live !== undefined
    },
    end,
    handOver: () => close('handed-over', { type: 'hand-over' }),
  }

  async function run() {
    options.signal.throwIfAborted()
    on.state({ kind: 'pairing' })
    const paired = await side.pair(inbox, life.signal)
    on.state({ kind: 'connecting' })
    const link = await dial({ role: side.role, paired, ice, relay, inbox, signal: hangUp.signal })
    void link.closed.then(finish)
    const hello: LinkHello = { type: 'hello', version: PROTOCOL_VERSION, share: side.canShare }
    const channel = openChannel({
      transport: link.peer,
      incoming: side.incoming,
      hello,
      onHello: ({ share }) => {
        if (life.signal.aborted) return
        live = { ...liveLink(link, channel, refuse, life.signal), say: channel.send, gone: link.closed }
        on.state({ kind: 'live', since: Date.now(), canShare: share })
        for (const begin of side.parts) begin(live.link)
      },
      onMessage: hear,
      onFrame(frame) {
        if (live?.readers.hearFrame(frame) === false) refuse('bytes of a stream that nobody opened')
      },
      onFailure: finish,
      signal: life.signal,
    })
  }

  function refuse(why: string) {
    finish(new LinkError('bad-frame', why))
  }

  function hear(message: In) {
    if (!live) return
    const known: LinkMessage = message
    switch (known.type) {
      case 'chat':
        live.say({ type: 'chat-received', id: known.id })
        return on.chat(known)
      case 'chat-received':
        return on.chatReceived(known.id)
      case 'bye':
        return finish(new LinkError('ended-there', 'goodbye'))
      case 'hand-over':
        return finish(new LinkError('handed-over', 'somebody else goes on'))
      default:
        live.readers.hear(message)
    }
  }

  function end() {
    close('ended-here', { type: 'bye' })
  }

  function close(reason: 'ended-here' | 'handed-over', lastWord: LinkMessage) {
    const ended = new LinkError(reason, 'on purpose')
    if (!live) return finish(ended)
    const { say, gone } = live
    say(lastWord)
    finish(ended, Promise.race([gone, sleep(GOODBYE_MS, hangUp.signal)]))
  }

  /** @param goodbye what the connection is kept for. */
  function finish(cause: unknown, goodbye?: Promise<unknown>) {
    if (life.signal.aborted) return
    const error = cause instanceof LinkError ? cause : new LinkError('lost', String(cause))
    const { reason, detail } = error
    live = undefined
    life.abort(error)
    if (!detail.told && v.is(AbortReason, reason)) relayMessage(relay, { type: 'abort', reason })
    if (goodbye) void goodbye.then(() => hangUp.abort(error))
    else hangUp.abort(error)
    on.state({ kind: 'over', why: reason, ...(detail.retryAfterMs && { retryAfterMs: detail.retryAfterMs }) })
  }
}
