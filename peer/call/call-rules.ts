import type { CallDevices, CallId, CallReply } from '../../protocol/call.ts'
import type { Time } from '../../protocol/ids.ts'
import type { CallMessage } from './call-message.ts'

/**
 * How a call ended, as this side tells it. `here`, `there`: by whom; `no-answer`: ours was not taken up; `missed`: theirs; `lost`: the
 * session is over; `failed`: the two browsers did not agree on the lines.
 */
export type CallEnding = Exclude<CallReply, { kind: 'accepted' }> | { kind: EndingHere }
type EndingHere = 'here' | 'there' | 'no-answer' | 'missed' | 'lost' | 'failed'

export type Call =
  | { kind: 'none'; last: CallEnding | undefined }
  /** Asked here. */
  | { kind: 'asking'; id: CallId; video: boolean; since: Time }
  /** Asked there. */
  | { kind: 'ringing'; id: CallId; video: boolean; since: Time; theirs: CallDevices }
  /** `also`: both asked at once, and the other question is answered by this call too. */
  | { kind: 'on'; id: CallId; also?: CallId; since: Time; theirs: CallDevices }

export type CallEvent =
  | { type: 'ask'; id: CallId; video: boolean }
  | { type: 'accept' }
  | { type: 'decline'; answer: Exclude<CallReply, { kind: 'accepted' }> }
  | { type: 'end' }
  | { type: 'asked'; id: CallId; video: boolean; with: CallDevices; busy: boolean }
  | { type: 'answered'; id: CallId; answer: CallReply }
  | { type: 'told'; id: CallId; with: CallDevices }
  | { type: 'ended'; id: CallId }
  /** Nobody has answered for so long. */
  | { type: 'expired' }
  | { type: 'over'; why: 'lost' | 'failed' }
  | { type: 'dismissed' }
  | { type: 'linked' }

/** `say`: what the other side is to hear. */
export type CallStep = { call: Call; say: CallMessage[] }

/** The call after an event; `mine`: what this side puts into it. What does not fit changes nothing. */
export function nextCall(call: Call, event: CallEvent, mine: CallDevices, now: Time): CallStep {
  const stays = { call, say: [] }
  switch (event.type) {
    case 'ask':
      if (call.kind !== 'none') return stays
      return { call: { kind: 'asking', id: event.id, video: event.video, since: now }, say: [askOf(event, mine)] }
    case 'accept':
      if (call.kind !== 'ringing') return stays
      return { call: on(call.id, call.theirs, now), say: [accepted(call.id, mine)] }
    case 'decline':
      if (call.kind !== 'ringing') return stays
      return { call: over('here'), say: [{ type: 'call-answer', id: call.id, answer: event.answer }] }
    case 'end':
      if (call.kind !== 'asking' && call.kind !== 'on') return stays
      return { call: over('here'), say: endsOf(call) }
    case 'asked':
      return asked(call, event, mine, now)
    case 'answered':
      return answered(call, event, now)
    case 'told':
      if (call.kind === 'on' && isOf(call, event.id)) return { call: { ...call, theirs: event.with }, say: [] }
      // It goes on there, and is over here.
      return { call, say: call.kind === 'asking' && call.id === event.id ? [] : [endOf(event.id)] }
    case 'ended':
      if (call.kind === 'none' || !isOf(call, event.id)) return stays
      return { call: over(call.kind === 'ringing' ? 'missed' : 'there'), say: endsOf(call, event.id) }
    case 'expired':
      if (call.kind === 'asking') return { call: over('no-answer'), say: [endOf(call.id)] }
      return call.kind === 'ringing' ? { call: over('missed'), say: [] } : stays
    case 'over':
      if (call.kind === 'none') return stays
      return { call: over(call.kind === 'ringing' ? 'missed' : event.why), say: endsOf(call) }
    case 'dismissed':
      return call.kind === 'none' ? { call: { kind: 'none', last: undefined }, say: [] } : stays
    case 'linked':
      if (call.kind === 'asking') return { call, say: [askOf(call, mine)] }
      return call.kind === 'on' ? { call, say: [{ type: 'call-state', id: call.id, with: mine }] } : stays
  }
}

/** Two who ask at once are in one call: that of the smaller id. */
function asked(call: Call, event: Extract<CallEvent, { type: 'asked' }>, mine: CallDevices, now: Time): CallStep {
  const { id, video, with: theirs, busy } = event
  switch (call.kind) {
    case 'none':
    case 'ringing': {
      if (busy) return { call, say: [{ type: 'call-answer', id, answer: { kind: 'busy' } }] }
      const since = call.kind === 'ringing' && call.id === id ? call.since : now
      return { call: { kind: 'ringing', id, video, since, theirs }, say: [] }
    }
    case 'asking': {
      const [first, second] = call.id < id ? [call.id, id] : [id, call.id]
      return { call: { ...on(first, theirs, now), also: second }, say: [] }
    }
    case 'on':
      // Its answer was lost with a link.
      if (isOf(call, id)) return { call: { ...call, theirs }, say: [accepted(id, mine)] }
      return { call, say: [{ type: 'call-answer', id, answer: { kind: 'busy' } }] }
  }
}

function answered(call: Call, { id, answer }: Extract<CallEvent, { type: 'answered' }>, now: Time): CallStep {
  if (call.kind === 'asking' && call.id === id) {
    if (answer.kind !== 'accepted') return { call: { kind: 'none', last: answer }, say: [] }
    return { call: on(id, answer.with, now), say: [] }
  }
  if (answer.kind !== 'accepted') return { call, say: [] }
  if (call.kind === 'on' && isOf(call, id)) return { call: { ...call, theirs: answer.with }, say: [] }
  // Taken back before the answer came.
  return { call, say: [endOf(id)] }
}

function on(id: CallId, theirs: CallDevices, since: Time): Extract<Call, { kind: 'on' }> {
  return { kind: 'on', id, since, theirs }
}

function over(kind: EndingHere): Call {
  return { kind: 'none', last: { kind } }
}

/** Whether `id` is that of this call. */
export function isOf(call: Exclude<Call, { kind: 'none' }>, id: CallId): boolean {
  return call.id === id || (call.kind === 'on' && call.also === id)
}

function askOf({ id, video }: { id: CallId; video: boolean }, mine: CallDevices): CallMessage {
  return { type: 'call-ask', id, video, with: mine }
}

function accepted(id: CallId, mine: CallDevices): CallMessage {
  return { type: 'call-answer', id, answer: { kind: 'accepted', with: mine } }
}

function endOf(id: CallId): CallMessage {
  return { type: 'call-end', id }
}

/** What ends it there, but for what came from there. */
function endsOf(call: Exclude<Call, { kind: 'none' }>, except?: CallId): CallMessage[] {
  const ids = call.kind === 'on' && call.also !== undefined ? [call.id, call.also] : [call.id]
  return ids.filter((id) => id !== except).map(endOf)
}
