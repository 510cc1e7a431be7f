import type { SessionState } from '../../peer/session-state.ts'
import type { SignallingState } from '../../peer/signalling.ts'
import { type Code, parseCode } from '../../protocol/code.ts'
import type { Refusal, RefusalCode } from '../../protocol/errors.ts'
import type { Time } from '../../protocol/ids.ts'
import type { Attended, ServerToCustomer, Standing } from '../../protocol/socket.ts'
import type { Opened } from './address.ts'
import { attended, isBlocked, type Line, unattended } from './line.ts'

/** Why the code is asked for again. `until`: before then another attempt is not answered. */
export type CodeProblem =
  | { kind: 'not-ten-digits' }
  | { kind: 'link-incomplete' }
  | { kind: 'wrong-secret'; until: Time | undefined }
  | { kind: 'refused'; code: RefusalCode; until: Time | undefined }

export type Ending =
  | 'ended'
  | 'left'
  | 'not-asked'
  | 'tampered'
  | 'no-answer'
  | 'dead-code'
  | 'resolved'
  | 'elsewhere'
  | 'version'
  | 'failed'

/** Where the customer is between the link and the end. */
export type CustomerState =
  /** `typed` is what the field begins with. */
  | { kind: 'entering'; typed: string; problem: CodeProblem | undefined }
  | { kind: 'joining'; code: Code }
  /** The server gave the seat of this code. */
  | {
      kind: 'seated'
      code: Code
      organisation: string
      line: Line
      socket: SeatSocket
      /** Undefined until the server has said it. */
      standing: Standing | undefined
      /** Who attends, or did last: a name may be somebody else's too. */
      who: Attended['who'] | undefined
      /** When the two were linked first. */
      began: Time | undefined
    }
  /** `session`: from the first link to the end, where there was a link. */
  | { kind: 'over'; why: Ending; code: Code | undefined; technician: string | undefined; session: Span | undefined }

/** `reconnecting`: cut, and comes back by itself. `refused`: it does not come back, and the link that is up is the last one. */
type SeatSocket = { kind: 'open' } | { kind: 'reconnecting' } | { kind: 'refused'; why: Ending }

type Span = { began: Time; ended: Time }

const OF_STATE = ['attended', 'unattended', 'standing', 'answered', 'turned-away'] as const
type SocketMessage = Extract<ServerToCustomer, { type: (typeof OF_STATE)[number] }>

/** Whether a message of the server is an event of this state. */
export function isOfState(message: ServerToCustomer): message is SocketMessage {
  return OF_STATE.some((type) => type === message.type)
}

export type CustomerEvent =
  | { type: 'opened'; opened: Opened }
  | { type: 'submitted'; text: string }
  | { type: 'joined'; organisation: string }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'socket'; state: SignallingState }
  | { type: 'session'; state: SessionState }
  | { type: 'quit'; why: 'left' | 'not-asked' }
  | { type: 'again' }
  | { type: 'other-code' }
  | SocketMessage

type Seated = Extract<CustomerState, { kind: 'seated' }>

/** The next state. What does not fit the present one changes nothing. `now` in ms since 1970. */
export function nextState(state: CustomerState, event: CustomerEvent, now: Time): CustomerState {
  switch (event.type) {
    case 'opened':
      if (state.kind !== 'entering' && state.kind !== 'over') return state
      return event.opened.kind === 'code' ? { kind: 'joining', code: event.opened.code } : entering(event.opened)
    case 'submitted': {
      const code = parseCode(event.text)
      if (code) return { kind: 'joining', code }
      return { kind: 'entering', typed: event.text, problem: { kind: 'not-ten-digits' } }
    }
    case 'joined': {
      if (state.kind !== 'joining') return state
      const line: Line = { kind: 'waiting', since: now, gone: undefined }
      return {
        kind: 'seated',
        code: state.code,
        organisation: event.organisation,
        line,
        socket: { kind: 'open' },
        standing: undefined,
        who: undefined,
        began: undefined,
      }
    }
    case 'refused':
      return state.kind === 'joining' ? refusedJoin(state.code, event.refusal, now) : state
    case 'quit':
      return over(state, event.why, now)
    case 'again': {
      const mayAgain = state.kind === 'over' || (state.kind === 'seated' && isBlocked(state.line))
      return mayAgain && state.code ? { kind: 'joining', code: state.code } : state
    }
    case 'other-code':
      return { kind: 'entering', typed: '', problem: undefined }
    case 'turned-away':
      return turnedAway(state, event, now)
    default:
      return state.kind === 'seated' ? nextSeated(state, event, now) : state
  }
}

function nextSeated(
  state: Seated,
  event: Exclude<Extract<CustomerEvent, { type: 'socket' | 'session' }> | SocketMessage, { type: 'turned-away' }>,
  now: Time,
): CustomerState {
  switch (event.type) {
    case 'attended':
      return { ...state, who: event.who, line: attended(state.line, event.technician, state.who === event.who) }
    case 'unattended':
      return { ...state, line: unattended(state.line, now) }
    case 'standing':
    case 'answered':
      return { ...state, standing: event }
    case 'socket':
      return socketChanged(state, event.state, now)
    case 'session':
      return sessionChanged(state, event.state, now)
  }
}

function socketChanged(state: Seated, socket: SignallingState, now: Time): CustomerState {
  switch (socket.kind) {
    case 'connecting':
      return state
    case 'open':
      return { ...state, socket: { kind: 'open' } }
    case 'waiting-to-retry':
      return { ...state, socket: { kind: 'reconnecting' } }
    case 'refused': {
      const why = refusedSeat(socket.refusal.code)
      return state.line.kind === 'live' ? { ...state, socket: { kind: 'refused', why } } : over(state, why, now)
    }
  }
}

function refusedSeat(code: RefusalCode): Ending {
  if (code === 'version') return 'version'
  return code === 'code-in-use' ? 'elsewhere' : 'dead-code'
}

function sessionChanged(state: Seated, session: SessionState, now: Time): CustomerState {
  const { line } = state
  const technician = 'technician' in line ? line.technician : (line.gone ?? state.organisation)
  switch (session.kind) {
    case 'pairing':
      return line.kind === 'held' ? { ...state, line: { kind: 'pairing', technician } } : state
    case 'held':
      if (line.kind === 'cut' || line.kind === 'blocked') return state
      return { ...state, line: { kind: 'held', technician, until: session.until } }
    case 'connecting':
      if (line.kind === 'cut' || line.kind === 'blocked') return state
      return { ...state, line: { kind: 'connecting', technician } }
    case 'reconnecting':
      if (line.kind !== 'live') return state
      return { ...state, line: { ...line, kind: 'cut', since: session.since, lost: false } }
    case 'live':
      if (line.kind === 'live' && line.since === session.since) return state
      return {
        ...state,
        line: { kind: 'live', technician, since: session.since, there: true },
        began: state.began ?? session.since,
      }
    case 'over':
      return sessionOver(state, session, now)
  }
}

function sessionOver(state: Seated, session: Extract<SessionState, { kind: 'over' }>, now: Time): CustomerState {
  const { line } = state
  switch (session.why) {
    case 'lost':
    case 'timeout':
      if (state.socket.kind === 'refused') return over(state, state.socket.why, now)
      if (line.kind === 'live') return { ...state, line: { ...line, kind: 'cut', since: now, lost: true } }
      if (line.kind === 'cut') return { ...state, line: { ...line, lost: true } }
      if (line.kind === 'waiting' || line.kind === 'blocked') return state
      return { ...state, line: { kind: 'pairing', technician: line.technician } }
    case 'handed-over':
      if (state.socket.kind === 'refused') return over(state, state.socket.why, now)
      // The colleague may be here already.
      return 'there' in line ? { ...state, line: { kind: 'waiting', since: now, gone: line.technician } } : state
    case 'wrong-secret':
      return wrongSecret(state.code, session.retryAfterMs, now)
    case 'ended-there':
      return over(state, 'ended', now)
    case 'ended-here':
    // Only the customer says it.
    case 'not-asked':
      return state
    case 'bad-frame':
      return over(state, 'failed', now)
    case 'no-route':
      if (state.socket.kind === 'refused') return over(state, state.socket.why, now)
      // There may be one later, as from another network: the desk tries as long as this seat is taken.
      if (line.kind === 'cut') return { ...state, line: { ...line, blocked: true } }
      return line.kind === 'waiting' ? state : { ...state, line: { kind: 'blocked', technician: line.technician } }
    case 'tampered':
    case 'version':
    case 'dead-code':
      return over(state, session.why, now)
  }
}

function turnedAway(
  state: CustomerState,
  { reason, retryAfterMs }: Extract<SocketMessage, { type: 'turned-away' }>,
  now: Time,
): CustomerState {
  if (state.kind === 'entering' && state.problem?.kind === 'wrong-secret' && reason === 'wrong-secret') {
    return { ...state, problem: { kind: 'wrong-secret', until: until(retryAfterMs, now) } }
  }
  if (state.kind !== 'seated') return state
  return reason === 'wrong-secret' ? wrongSecret(state.code, retryAfterMs, now) : over(state, reason, now)
}

function refusedJoin(code: Code, refusal: Refusal, now: Time): CustomerState {
  const problem: CodeProblem = { kind: 'refused', code: refusal.code, until: until(refusal.retryAfterMs, now) }
  return { kind: 'entering', typed: `${code.lookup}-${code.secret}`, problem }
}

function wrongSecret(code: Code, retryAfterMs: number | undefined, now: Time): CustomerState {
  return {
    kind: 'entering',
    typed: `${code.lookup}-`,
    problem: { kind: 'wrong-secret', until: until(retryAfterMs, now) },
  }
}

function entering(opened: Exclude<Opened, { kind: 'code' }>): CustomerState {
  if (opened.kind === 'blank') return { kind: 'entering', typed: '', problem: undefined }
  return { kind: 'entering', typed: `${opened.lookup}-`, problem: { kind: 'link-incomplete' } }
}

function over(state: CustomerState, why: Ending, now: Time): CustomerState {
  const code = state.kind === 'seated' || state.kind === 'joining' || state.kind === 'over' ? state.code : undefined
  return { kind: 'over', why, code, technician: technicianOf(state), session: spanOf(state, now) }
}

function spanOf(state: CustomerState, now: Time): Span | undefined {
  if (state.kind === 'over') return state.session
  return state.kind === 'seated' && state.began !== undefined ? { began: state.began, ended: now } : undefined
}

/** The technician's name, where one is or was known. */
export function technicianOf(state: CustomerState): string | undefined {
  if (state.kind === 'over') return state.technician
  if (state.kind !== 'seated') return undefined
  return state.line.kind === 'waiting' ? state.line.gone : state.line.technician
}

function until(ms: number | undefined, now: Time): Time | undefined {
  return ms ? now + ms : undefined
}
