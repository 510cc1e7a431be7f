import type { Consent, ConsentEnder, ConsentId, ConsentTopic } from '../protocol/consent.ts'
import type { Time } from '../protocol/ids.ts'
import { LONGEST_PAUSE_MS, MAX_ASKED_CONSENTS, MAX_CONSENTS } from '../protocol/limits.ts'

/** What happens to one permission on the customer's page. */
export type ConsentEvent =
  /** `detail`: the name of the file that is meant; what else is asked for is named by what the customer chooses. */
  | { type: 'asked'; id: ConsentId; what: ConsentTopic; detail?: string | undefined; to: string }
  /** Without having been asked, as by sharing a screen. */
  | { type: 'offered'; id: ConsentId; what: ConsentTopic; detail?: string | undefined; to: string }
  /** `detail`: what was chosen, where the question did not say. */
  | { type: 'answered'; id: ConsentId; granted: boolean; detail?: string | undefined }
  | { type: 'ended'; id: ConsentId; by: ConsentEnder }
  /** All that is open, as when the session is over. */
  | { type: 'all-ended'; by: ConsentEnder }

/** So many questions may wait for an answer: more is no asking any more. */
const MAX_WAITING = 8

/** The permissions after an event. What does not fit the present ones changes nothing: the same list is returned. */
export function nextConsents(consents: readonly Consent[], event: ConsentEvent, now: Time): readonly Consent[] {
  const known = 'id' in event ? consents.find(({ id }) => id === event.id) : undefined
  switch (event.type) {
    case 'asked':
    case 'offered': {
      const { id, what, to } = event
      const detail = event.type === 'offered' || what === 'file' ? event.detail : undefined
      if (known || consents.length >= MAX_CONSENTS) return consents
      if (event.type === 'asked' && !mayAsk(consents, { what, detail }, now)) return consents
      const about = { id, what, ...(detail !== undefined && { detail }), to }
      if (event.type === 'offered') return [...consents, { ...about, state: { kind: 'granted', at: now } }]
      return [...consents, { ...about, asked: now, state: { kind: 'asked' } }]
    }
    case 'answered':
      if (known?.state.kind !== 'asked') return consents
      return changed(consents, {
        ...known,
        ...(event.detail !== undefined && known.detail === undefined && { detail: event.detail }),
        state: { kind: event.granted ? 'granted' : 'refused', at: now },
      })
    case 'ended':
      return known && isOpen(known) ? changed(consents, over(known, event.by, now)) : consents
    case 'all-ended':
      return consents.some(isOpen) ? consents.map((consent) => over(consent, event.by, now)) : consents
  }
}

/** Waits for an answer, or holds. */
export function isOpen({ state }: Consent): boolean {
  return state.kind === 'asked' || state.kind === 'granted'
}

/** After a no it may be asked again after so long, in ms; after each further one twice as long. */
const PAUSE_MS = 10_000

/**
 * How long the same is not asked for again after the last no, in ms; undefined where it may be asked at once. A no: refused, or taken back
 * by the technician. A yes makes the next no the first one.
 */
export function pauseAfterNo(
  consents: readonly Consent[],
  what: ConsentTopic,
): { since: Time; ms: number } | undefined {
  const answered = consents.filter((one) => one.what === what && one.asked !== undefined && isAnswer(one.state))
  const noes = answered.slice(answered.findLastIndex(({ state }) => !isNo(state)) + 1)
  if (noes.length === 0) return undefined
  const since = Math.max(...noes.map(({ state }) => ('at' in state ? state.at : 0)))
  return { since, ms: pauseAfter(noes.length) }
}

/** After so many noes in a row, in ms. */
export function pauseAfter(noes: number): number {
  return Math.min(PAUSE_MS * 2 ** (noes - 1), LONGEST_PAUSE_MS)
}

/** Not one that a cut or a hand-over took away before anybody said anything. */
function isAnswer(state: State): boolean {
  return state.kind !== 'asked' && (state.kind !== 'withdrawn' || isNo(state))
}

export function isNo(state: State): boolean {
  return state.kind === 'refused' || (state.kind === 'withdrawn' && state.by === 'technician')
}

/**
 * The same question does not stand twice nor follow a no at once, and not too many stand at all. Sound comes with a picture or not at
 * all.
 */
function mayAsk(consents: readonly Consent[], { what, detail }: Pick<Consent, 'what' | 'detail'>, now: Time): boolean {
  if (what === 'sound' || consents.filter(({ asked }) => asked !== undefined).length >= MAX_ASKED_CONSENTS) return false
  const pause = pauseAfterNo(consents, what)
  if (pause && now < pause.since + pause.ms) return false
  const waiting = consents.filter(({ state }) => state.kind === 'asked')
  return waiting.length < MAX_WAITING && !waiting.some((other) => other.what === what && other.detail === detail)
}

function over(consent: Consent, by: ConsentEnder, now: Time): Consent {
  const { state } = consent
  if (state.kind === 'asked') return { ...consent, state: { kind: 'withdrawn', at: now, by } }
  if (state.kind !== 'granted') return consent
  return { ...consent, state: { kind: 'ended', granted: state.at, at: now, by } }
}

/** What a customer's page starts by itself; the rest is a technician's doing, and has to be asked for. */
const OFFERED: readonly ConsentTopic[] = ['screen', 'sound', 'camera', 'microphone', 'file', 'folder']

/**
 * Whether a customer's page may say `next` after `before` of one permission. `asked`: what this desk asked under that id. A page that says
 * it was asked what nobody asked, or that brings back what was over, is not believed.
 */
export function believable(before: Consent | undefined, next: Consent, asked: ConsentTopic | undefined): boolean {
  if (!before) return next.asked === undefined ? OFFERED.includes(next.what) : next.what === asked
  const same = before.what === next.what && before.to === next.to && before.asked === next.asked
  const named = before.state.kind === 'asked' && before.detail === undefined && next.state.kind !== 'asked'
  return same && (next.detail === before.detail || named) && mayFollow(before.state, next.state)
}

type State = Consent['state']

function mayFollow(before: State, next: State): boolean {
  if (before.kind === next.kind) return JSON.stringify(before) === JSON.stringify(next)
  switch (before.kind) {
    case 'asked':
      return next.kind !== 'ended' || next.granted <= next.at
    case 'granted':
      return next.kind === 'ended' && next.granted === before.at
    default:
      return false
  }
}

function changed(consents: readonly Consent[], next: Consent): readonly Consent[] {
  return consents.map((consent) => (consent.id === next.id ? next : consent))
}
