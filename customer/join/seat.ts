import type { AttemptsStore } from '../../peer/attempts.ts'
import type { CustomerSession, CustomerSessionOptions } from '../../peer/customer-session.ts'
import { type IceServers, keepIce } from '../../peer/ice-servers.ts'
import type { OverReason } from '../../peer/link-error.ts'
import type { CustomerPart } from '../../peer/live-link.ts'
import { ticketRelay } from '../../peer/relay.ts'
import type { SessionState } from '../../peer/session-state.ts'
import type { ScreenShare } from '../../peer/share.ts'
import { openSignalling, type SignallingState } from '../../peer/signalling.ts'
import type { Code } from '../../protocol/code.ts'
import type { HeldMessage } from '../../protocol/held.ts'
import type { JoinReply } from '../../protocol/http.ts'
import type { Chat } from '../../protocol/link.ts'
import { ServerToCustomer } from '../../protocol/socket.ts'
import { iceServers } from './api.ts'

type LinkCode = typeof import('../../peer/customer-session.ts')

export type SeatOptions = {
  code: Code
  reply: JoinReply
  share: ScreenShare
  attempts: AttemptsStore
  /** What begins on each new link, beside chat and screen. */
  parts: readonly CustomerPart[]
  /** The link's code, which is heavy: asked for while the server still looks the code up. */
  linkCode: Promise<LinkCode>
  on: Omit<CustomerSessionOptions['on'], 'state'> & {
    socket(state: SignallingState): void
    server(message: ServerToCustomer): void
    session(state: SessionState): void
  }
  signal: AbortSignal
}

/** What does not take the seat: another session follows. */
const GOES_ON = new Set<OverReason>(['lost', 'timeout', 'handed-over', 'no-route'])

/** The customer's place on a ticket: one socket, and one session after the other while they only get lost. */
export type Seat = {
  /** @returns false where no link is up: keep it and send it when one is. */
  sendChat(chat: Chat): boolean
  /** Leaves a message with the server. @returns false where no socket is open. */
  hold(message: HeldMessage): boolean
  /** Says goodbye to the technician at once; the seat stays. */
  sayGoodbye(): void
  /** Tells the technician, where one is linked, that the help was not asked for. */
  refuse(): void
  /** Somebody else attends, or nobody may: whoever is linked is not any more, and the next one can be. */
  endLink(): void
  readonly ice: IceServers
  readonly socketUrl: string
  /** Gives the seat back to the server. */
  leave(): void
}

export function takeSeat({ code, reply, share, attempts, parts, linkCode, on, signal }: SeatOptions): Seat {
  let session: CustomerSession | undefined
  const open = Promise.withResolvers<void>()
  const ice = keepIce(() => iceServers(reply.token, signal), signal)
  const url = new URL('/api/socket', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const signalling = openSignalling({
    url: url.href,
    role: 'customer',
    hears: ServerToCustomer,
    token: reply.token,
    onState,
    signal,
  })
  const relay = ticketRelay(signalling, reply.ticket)
  signalling.onMessage(on.server, signal)
  void keepSession()

  return {
    ice,
    socketUrl: url.href,
    sendChat: (chat) => session?.sendChat(chat) ?? false,
    hold: (message) => signalling.send({ type: 'hold', ...message }),
    sayGoodbye: () => session?.end(),
    refuse: () => session?.refuse(),
    endLink: () => session?.letGo(),
    leave: () => signalling.send({ type: 'leave' }),
  }

  function onState(state: SignallingState) {
    if (state.kind === 'open') open.resolve()
    on.socket(state)
  }

  async function keepSession() {
    await open.promise
    const link = await linkCode.catch(() => undefined)
    // A part of this page that the server does not have any more: it was updated meanwhile.
    if (!link) return signal.aborted || on.session({ kind: 'over', why: 'version' })
    // On their way while the technician proves the code.
    void ice()
    while (!signal.aborted) if (!(await oneSession(link))) return
  }

  /** @returns whether another session should follow this one. */
  async function oneSession({ openCustomerSession }: LinkCode): Promise<boolean> {
    const { promise: done, resolve: finish } = Promise.withResolvers<boolean>()
    const life = new AbortController()
    signal.addEventListener('abort', () => finish(false), { signal: life.signal })
    session = openCustomerSession({
      ticket: reply.ticket,
      secret: code.secret,
      relay,
      ice,
      attempts,
      share,
      parts,
      signal: AbortSignal.any([signal, life.signal]),
      on: { ...on, state },
    })
    const again = await done
    session = undefined
    life.abort()
    return again

    function state(reached: SessionState) {
      if (life.signal.aborted) return
      on.session(reached)
      if (reached.kind === 'over') finish(GOES_ON.has(reached.why))
    }
  }
}
