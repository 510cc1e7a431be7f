import type { AttemptsStore } from '../../peer/attempts.ts'
import { backoff } from '../../peer/backoff.ts'
import type { CustomerSession, CustomerSessionOptions } from '../../peer/customer-session.ts'
import type { OverReason } from '../../peer/link-error.ts'
import type { CustomerPart } from '../../peer/live-link.ts'
import { ticketRelay } from '../../peer/relay.ts'
import type { SessionState } from '../../peer/session-state.ts'
import type { ScreenShare } from '../../peer/share.ts'
import { openSignalling, type SignallingState } from '../../peer/signalling.ts'
import { sleep } from '../../peer/sleep.ts'
import type { Code } from '../../protocol/code.ts'
import type { HeldMessage } from '../../protocol/held.ts'
import type { IceReply, JoinReply } from '../../protocol/http.ts'
import type { Chat } from '../../protocol/link.ts'
import type { ServerToCustomer } from '../../protocol/socket.ts'
import { iceServers } from './api.ts'

/** The link's code, with what begins on each new link, beside chat and screen. */
export type LinkCode = Pick<typeof import('../../peer/customer-session.ts'), 'openCustomerSession'> & {
  parts: readonly CustomerPart[]
}

export type SeatOptions = {
  code: Code
  reply: JoinReply
  share: ScreenShare
  attempts: AttemptsStore
  /** The link's code, which is heavy: asked for while the server still looks the code up. */
  linkCode: Promise<LinkCode>
  on: Omit<CustomerSessionOptions['on'], 'state'> & {
    socket(state: SignallingState): void
    server(message: ServerToCustomer): void
    session(state: SessionState): void
  }
  signal: AbortSignal
}

/** Relay credentials are not asked for more often than this, however wrong the clock is; and timers know no longer span. */
const SHORTEST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 2 ** 31 - 1

/** What does not take the seat: another session follows. */
const GOES_ON = new Set<OverReason>(['lost', 'timeout', 'handed-over'])

/** The customer's place on a ticket: one socket, and one session after the other while they only get lost. */
export type Seat = {
  /** @returns false where no link is up: keep it and send it when one is. */
  sendChat(chat: Chat): boolean
  /** Leaves a message with the server. @returns false where no socket is open. */
  hold(message: HeldMessage): boolean
  /** Says goodbye to the technician at once; the seat stays. */
  sayGoodbye(): void
  /** Gives the seat back to the server. */
  leave(): void
}

export function takeSeat({ code, reply, share, attempts, linkCode, on, signal }: SeatOptions): Seat {
  let session: CustomerSession | undefined
  const open = Promise.withResolvers<void>()
  const url = new URL('/api/socket', location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const signalling = openSignalling({ url: url.href, role: 'customer', token: reply.token, onState, signal })
  const relay = ticketRelay(signalling, reply.ticket)
  signalling.onMessage(on.server, signal)
  void keepSession()

  return {
    sendChat: (chat) => session?.sendChat(chat) ?? false,
    hold: (message) => signalling.send({ type: 'hold', ...message }),
    sayGoodbye: () => session?.end(),
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
    while (!signal.aborted) {
      const ice = await freshIce()
      if (ice && !(await oneSession(link, ice))) return
    }
  }

  async function freshIce(): Promise<IceReply | undefined> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        return await iceServers(reply.token, signal)
      } catch {
        await sleep(backoff(failures), signal)
      }
    }
    return undefined
  }

  /** @returns whether another session should follow this one. */
  async function oneSession({ openCustomerSession, parts }: LinkCode, ice: IceReply): Promise<boolean> {
    const { promise: done, resolve: finish } = Promise.withResolvers<boolean>()
    const life = new AbortController()
    let untouched = true
    // Nobody came while the relay's credentials were good: the next session asks for new ones.
    const renew = () => untouched && finish(true)
    const good = Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, ice.expiresAt - Date.now()))
    const timer = setTimeout(renew, good)
    signal.addEventListener('abort', () => finish(false), { signal: life.signal })
    session = openCustomerSession({
      ticket: reply.ticket,
      secret: code.secret,
      relay,
      ice: ice.iceServers,
      attempts,
      share,
      parts,
      signal: AbortSignal.any([signal, life.signal]),
      on: { ...on, state },
    })
    const again = await done
    clearTimeout(timer)
    session = undefined
    life.abort()
    return again

    function state(reached: SessionState) {
      if (life.signal.aborted) return
      untouched &&= reached.kind === 'pairing'
      on.session(reached)
      if (reached.kind === 'over') finish(GOES_ON.has(reached.why))
    }
  }
}
