import { signal as createSignal, type ReadonlySignal } from '@preact/signals'
import { type Attempts, type AttemptsStore, NO_ATTEMPTS } from '../../peer/attempts.ts'
import type { CustomerPart } from '../../peer/live-link.ts'
import { type Code, formatCode } from '../../protocol/code.ts'
import { RefusedError } from '../../protocol/errors.ts'
import { MAX_TRANSFER_BYTES } from '../../protocol/limits.ts'
import { join } from './api.ts'
import { type Conversation, startConversation } from './conversation.ts'
import { forgettable } from './ending.ts'
import { type Files, startFiles } from './files.ts'
import { lineEvent, sharingEvent } from './happened.ts'
import { startHolding } from './holding.ts'
import { seatMemory } from './memory.ts'
import { type Permissions, startPermissions } from './permissions.ts'
import { type Screen, startScreen } from './screen.ts'
import { type LinkCode, type Seat, type SeatOptions, takeSeat } from './seat.ts'
import { holdSeat } from './seat-lock.ts'
import { type CustomerEvent, type CustomerState, isOfState, nextState, technicianOf } from './state.ts'
import { metBefore, type ThreadEvent } from './thread.ts'

/** All that the page shows, and all that a person may do on it. */
export type Join = {
  state: ReadonlySignal<CustomerState>
  screen: Pick<Screen, 'sharing' | 'start' | 'stop' | 'notNow'>
  conversation: Pick<Conversation, 'thread'>
  permissions: Pick<Permissions, 'list' | 'answer' | 'end'>
  files: Pick<Files, 'list' | 'exchange'>
  tell(event: Extract<CustomerEvent, { type: 'opened' | 'submitted' | 'quit' | 'again' | 'other-code' }>): void
  write(text: string): void
  /** The page goes: the technician is told at once; a reload takes the seat again. */
  sayGoodbye(): void
}

/** Joins, waits, links, shares: the rules are in `state.ts`, `sharing.ts` and `thread.ts`; here they meet the world. */
export function startJoin(signal: AbortSignal): Join {
  const state = createSignal<CustomerState>({ kind: 'entering', typed: '', problem: undefined })
  const conversation = startConversation()
  const screen = startScreen((before, after) => note(sharingEvent(before, after)))
  const permissions = startPermissions(() => technicianOf(state.value) ?? '')
  const files = startFiles()
  const attempts = new Map<string, Attempts>()
  let life: AbortController | undefined
  let seat: Seat | undefined
  const holding = startHolding({ conversation, send: (message) => seat?.hold(message) ?? false })
  const on: SeatOptions['on'] = {
    socket(socket) {
      if (socket.kind === 'open') holding.begin()
      dispatch({ type: 'socket', state: socket })
    },
    session: (session) => dispatch({ type: 'session', state: session }),
    server(message) {
      if (isOfState(message)) dispatch(message)
      holding.hear(message)
      if (message.type === 'group-key') leaveWaiting()
    },
    chat: conversation.heard,
    chatReceived: conversation.delivered,
    screenAsk: screen.asked,
  }

  signal.addEventListener('abort', standUp, { once: true })

  return {
    state,
    screen,
    conversation,
    permissions,
    files,
    tell: dispatch,
    write(text) {
      conversation.write(text)
      sendWaiting()
      leaveWaiting()
    },
    sayGoodbye: () => seat?.sayGoodbye(),
  }

  function dispatch(event: CustomerEvent) {
    const before = state.value
    const after = nextState(before, event, Date.now())
    if (before === after) return
    state.value = after
    if (after.kind === 'joining') void take(after.code)
    else if (after.kind === 'seated') seated(before, after)
    else if (before.kind !== 'entering') unseated(event, after)
    if (event.type === 'turned-away') standUp()
  }

  function seated(before: CustomerState, { line }: Extract<CustomerState, { kind: 'seated' }>) {
    if (before.kind !== 'seated' || before.line === line) return
    if ('technician' in line) screen.attendedBy(line.technician)
    note(lineEvent(before.line, line, metBefore(conversation.thread.value)))
    if (line.kind === 'live') sendWaiting()
    else leaveWaiting()
  }

  /** While nobody is linked the server keeps what is written. */
  function leaveWaiting() {
    const now = state.value
    if (now.kind === 'seated' && now.line.kind !== 'live') holding.offer()
  }

  /** After a wrong secret the server still has to say how long to wait: its socket stays until then. */
  function unseated(event: CustomerEvent, after: CustomerState) {
    if (event.type === 'quit') seat?.leave()
    if (after.kind === 'entering') screen.stop()
    else standUp()
    const { seat: noSeat, words } = forgettable(after)
    if (noSeat) seatMemory.write(undefined)
    if (words) {
      conversation.forget()
      permissions.forget()
    }
  }

  function standUp() {
    life?.abort()
    life = undefined
    seat = undefined
  }

  async function take(code: Code) {
    standUp()
    const own = new AbortController()
    life = own
    const share = screen.begin(own.signal)
    conversation.open(code.lookup)
    const begun = permissions.begin(code.lookup, own.signal)
    const linkCode = loadLink([begun], own.signal)
    linkCode.catch(() => undefined)
    try {
      const kept = seatMemory.read()
      const mine = kept?.code.lookup === code.lookup && (await holdSeat(kept.token, own.signal))
      const reply = await join({ lookup: code.lookup, ...(mine && { resume: kept.token }) }, own.signal)
      if (reply.token !== kept?.token) void holdSeat(reply.token, own.signal)
      seatMemory.write({ code, token: reply.token })
      dispatch({ type: 'joined', organisation: reply.organisation })
      seat = takeSeat({ code, reply, share, attempts: attemptsOf(code), linkCode, on, signal: own.signal })
    } catch (cause) {
      if (own.signal.aborted) return
      dispatch({ type: 'refused', refusal: cause instanceof RefusedError ? cause.refusal : { code: 'unavailable' } })
    }
  }

  /** What is needed to be linked, which is heavy: asked for while the server still looks the code up. */
  async function loadLink(begun: readonly CustomerPart[], until: AbortSignal): Promise<LinkCode> {
    const [{ openCustomerSession }, { createExchange }, { customerFiles }] = await Promise.all([
      import('../../peer/customer-session.ts'),
      import('../../peer/files/exchange.ts'),
      import('../../peer/files/parts.ts'),
    ])
    const exchange = createExchange('customer', { bytes: MAX_TRANSFER_BYTES, allowed: () => true }, until)
    files.begin(exchange, until)
    return { openCustomerSession, parts: [...begun, customerFiles(exchange)] }
  }

  function sendWaiting() {
    conversation.sendWaiting((chat) => seat?.sendChat(chat) ?? false)
  }

  function note(what: ThreadEvent | undefined) {
    const technician = technicianOf(state.value)
    if (what && technician) conversation.note(what, technician)
  }

  /** In this page's memory: they limit what a hostile server may guess. */
  function attemptsOf(code: Code): AttemptsStore {
    return {
      read: () => attempts.get(formatCode(code)) ?? NO_ATTEMPTS,
      write: (counted) => void attempts.set(formatCode(code), counted),
    }
  }
}
