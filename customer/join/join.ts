import { signal as createSignal, type ReadonlySignal } from '@preact/signals'
import { screenName } from '../../components/screens/screen-name.ts'
import { type Attempts, type AttemptsStore, NO_ATTEMPTS } from '../../peer/attempts.ts'
import { type Code, formatCode } from '../../protocol/code.ts'
import { RefusedError } from '../../protocol/errors.ts'
import { retried } from '../retried.ts'
import { join } from './api.ts'
import { type Board, startBoard } from './board.ts'
import { type CustomerCall, startCall } from './call.ts'
import { type Compare, startCompare } from './compare.ts'
import { type Conversation, startConversation } from './conversation.ts'
import { type Doctor, startDoctor } from './doctor.ts'
import { endedBy, forgettable } from './ending.ts'
import { keepFileLedger } from './file-ledger.ts'
import { type Files, startFiles } from './files.ts'
import { type FurtherLedger, keepFurtherLedger } from './further-screens-ledger.ts'
import { startHolding } from './holding.ts'
import { loadLater } from './later.ts'
import { seatMemory } from './memory.ts'
import { type NotAskedReport, startNotAsked } from './not-asked.ts'
import { granted, type Permissions, startPermissions } from './permissions.ts'
import { type ChatPictures, startPictures } from './pictures.ts'
import { type RatedSeat, type RatingQuestion, startRating } from './rating.ts'
import { type Screen, startScreen } from './screen.ts'
import { keepScreenLedger } from './screen-ledger.ts'
import { type Seat, type SeatOptions, takeSeat } from './seat.ts'
import { holdSeat } from './seat-lock.ts'
import { mayGoOn } from './sharing.ts'
import { keepSoundLedger } from './sound-ledger.ts'
import { type CustomerEvent, type CustomerState, isOfState, nextState, technicianOf } from './state.ts'
import { metBefore, type ThreadEvent } from './thread.ts'
import { lineEvent, sharingEvent } from './thread-events.ts'

/** All that the page shows, and all that a person may do on it. */
export type Join = {
  state: ReadonlySignal<CustomerState>
  screen: Pick<
    Screen,
    'sharing' | 'sound' | 'further' | 'start' | 'stop' | 'stopFirst' | 'remove' | 'stopSound' | 'notNow' | 'track'
  > & {
    goOn(): void
    /** One more, in a click. */
    add(): void
    notAnother: FurtherLedger['notNow']
  }
  board: Pick<Board, 'view'>
  conversation: Pick<Conversation, 'thread'>
  permissions: Pick<Permissions, 'list' | 'answer' | 'end'>
  call: Pick<CustomerCall, 'now' | 'choosing' | 'does'>
  files: Pick<Files, 'list' | 'rules' | 'exchange' | 'share'>
  compare: Pick<Compare, 'words'>
  notAsked: Pick<NotAskedReport, 'state'>
  pictures: Pick<ChatPictures, 'urls' | 'problem' | 'send'>
  rating: Pick<RatingQuestion, 'state' | 'asked' | 'worded' | 'answer'>
  doctor: Pick<Doctor, 'theirs' | 'tell' | 'options'>
  tell(event: Extract<CustomerEvent, { type: 'opened' | 'submitted' | 'quit' | 'again' | 'other-code' }>): void
  write(text: string): void
  /** The page goes: the technician is told at once; a reload takes the seat again. */
  sayGoodbye(): void
}

/** Joins, waits, links, shares: the rules are in `state.ts`, `sharing.ts` and `thread.ts`; here they meet the world. */
export function startJoin(signal: AbortSignal): Join {
  const state = createSignal<CustomerState>({ kind: 'entering', typed: '', problem: undefined })
  const conversation = startConversation()
  const board = startBoard()
  const pictures = startPictures(conversation)
  const permissions = startPermissions(() => technicianOf(state.value) ?? '')
  const files = startFiles(permissions)
  const call = startCall(permissions)
  const screen = startScreen((before, after) => {
    keepLedger(before, after)
    if (before.kind === 'shared' && after.kind !== 'shared') further.notNow()
    note(sharingEvent(before, after))
  })
  const keepLedger = keepScreenLedger({
    permissions,
    stop: screen.stopFirst,
    adopt: (number) => further.giveAway(number),
    signal,
  })
  const further = keepFurtherLedger({
    further: screen.further,
    permissions,
    name: screenName,
    remove: screen.remove,
    signal,
  })
  keepSoundLedger({ sound: screen.sound, permissions, stop: screen.stopSound, signal })
  keepFileLedger({
    transfers: files.list,
    permissions,
    cancel: (id, why) => files.exchange?.cancel(id, why),
    signal,
  })
  const compare = startCompare()
  const doctor = startDoctor(() => seat)
  const attempts = new Map<string, Attempts>()
  let life: AbortController | undefined
  let seat: Seat | undefined
  /** Of the last seat, in memory: who understands only afterwards can still say so. */
  let last: Omit<RatedSeat, 'groupKey'> | undefined
  const notAsked = startNotAsked(signal)
  const holding = startHolding({ conversation, send: (message) => seat?.hold(message) ?? false })
  const rating = startRating(() => last && { ...last, groupKey: holding.key() }, signal)
  const on: SeatOptions['on'] = {
    socket(socket) {
      if (socket.kind === 'open') holding.begin()
      dispatch({ type: 'socket', state: socket })
    },
    session(session) {
      if (session.kind === 'over') {
        call.over()
        files.unlink()
      }
      if (session.kind === 'over' && session.why === 'handed-over') handOver()
      dispatch({ type: 'session', state: session })
      // On each new link: what was on its way over the one before may be lost.
      if (session.kind === 'live') {
        sendWaiting()
        loadLater()
      }
    },
    server(message) {
      if (isOfState(message)) dispatch(message)
      // Who has the ticket no more does not see on, and does not speak under the next one's name.
      if (message.type === 'unattended' && message.why === 'released' && whoAttended()) seat?.endLink()
      if (message.type === 'file-rules') files.obey(message.rules)
      holding.hear(message)
      if (message.type === 'group-key') leaveWaiting()
    },
    chat: conversation.heard,
    chatReceived: conversation.delivered,
  }

  signal.addEventListener('abort', standUp, { once: true })

  return {
    state,
    screen: {
      ...screen,
      add: () => screen.add(further.grant),
      goOn: () => screen.goOn(further.grant),
      notAnother: further.notNow,
    },
    board,
    conversation,
    permissions,
    call,
    files,
    compare,
    notAsked,
    pictures,
    rating,
    doctor,
    tell: dispatch,
    write(text) {
      conversation.write(text)
      sendWaiting()
      leaveWaiting()
    },
    sayGoodbye() {
      // While the technician can still be told.
      permissions.endAll('cut')
      seat?.sayGoodbye()
    },
  }

  function dispatch(event: CustomerEvent) {
    const before = state.value
    const after = nextState(before, event, Date.now())
    if (before === after) return
    state.value = after
    if (before.kind === 'seated' && after.kind === 'joining') permissions.endAll('cut')
    if (after.kind === 'joining') void take(after.code)
    else if (after.kind === 'seated') seated(before, after)
    else if (before.kind !== 'entering' || event.type === 'quit') unseated(event, after)
    if (event.type === 'turned-away') standUp()
  }

  function seated(before: CustomerState, { line, who }: Extract<CustomerState, { kind: 'seated' }>) {
    if (before.kind !== 'seated' || before.line === line) return
    if (!mayGoOn(before.who, who)) {
      handOver()
      seat?.endLink()
    }
    note(lineEvent(before.line, line, metBefore(conversation.thread.value), Date.now()))
    if (line.kind !== 'live') leaveWaiting()
  }

  function whoAttended() {
    return state.value.kind === 'seated' ? state.value.who : undefined
  }

  /** What was allowed to one is not allowed to the next: each is asked for, or continued by a click. */
  function handOver() {
    permissions.endAll('hand-over')
    call.over()
    files.handOver()
    screen.hold()
  }

  /** While nobody is linked the server keeps what is written. */
  function leaveWaiting() {
    const now = state.value
    if (now.kind === 'seated' && now.line.kind !== 'live') holding.offer()
  }

  /** After a wrong secret the server still has to say how long to wait: its socket stays until then. */
  function unseated(event: CustomerEvent, after: CustomerState) {
    if (event.type === 'quit' && event.why === 'not-asked') notAsked.begin(granted(permissions.list.value), last?.token)
    permissions.endAll(endedBy(after))
    if (event.type === 'quit') event.why === 'not-asked' ? seat?.refuse() : seat?.leave()
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
    const chatPictures = pictures.begin()
    const transfers = files.begin(own.signal)
    const calls = call.begin(own.signal)
    const parts = [
      permissions.begin(code.lookup, own.signal),
      compare.part,
      board.begin(own.signal),
      chatPictures.part,
      doctor.part,
      transfers.part,
      calls.part,
    ]
    const linkCode = Promise.all([
      retried(() => import('../../peer/customer-session.ts')),
      chatPictures.loaded,
      transfers.loaded,
      calls.loaded,
    ]).then(([code]) => code)
    linkCode.then(loadLater, loadLater)
    try {
      const kept = seatMemory.read()
      const mine = kept?.code.lookup === code.lookup && (await holdSeat(kept.token, own.signal))
      const reply = await join({ lookup: code.lookup, ...(mine && { resume: kept.token }) }, own.signal)
      files.obey(reply.files)
      if (reply.token !== kept?.token) void holdSeat(reply.token, own.signal)
      last = { token: reply.token, ticket: reply.ticket, asked: reply.asksRating }
      seatMemory.write({ code, token: reply.token })
      rating.begin()
      dispatch({ type: 'joined', organisation: reply.organisation })
      seat = takeSeat({ code, reply, share, attempts: attemptsOf(code), parts, linkCode, on, signal: own.signal })
    } catch (cause) {
      if (own.signal.aborted) return
      dispatch({ type: 'refused', refusal: cause instanceof RefusedError ? cause.refusal : { code: 'unavailable' } })
    }
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
