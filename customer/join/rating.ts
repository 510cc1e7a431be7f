import { type ReadonlySignal, signal } from '@preact/signals'
import { toBase64url } from '../../peer/base64url.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketId, Token } from '../../protocol/ids.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import type { RatingRequest, RatingWords } from '../../protocol/rating.ts'
import type { Score } from '../../protocol/score.ts'
import { retried } from '../retried.ts'
import { sayRating } from './api.ts'

/** What of the question is answered. `score`: the last tap. */
export type RatingState =
  | { kind: 'asking' }
  | { kind: 'sending'; score: Score; text: string }
  | { kind: 'failed'; score: Score; text: string; refusal: Refusal }
  /** `text`: empty where no words are there. */
  | { kind: 'kept'; score: Score; text: string }

/** Of the seat that is over. `asked`: this help desk wants to know. `groupKey`: null where no words can be sealed. */
export type RatedSeat = { token: Token; ticket: TicketId; asked: boolean; groupKey: PublicKey | null }

export type RatingQuestion = {
  state: ReadonlySignal<RatingState>
  /** Whether the question is asked at all. */
  asked(): boolean
  /** Whether words can be said beside the score. */
  worded(): boolean
  /** `text` takes the place of what was said before. Never rejects. */
  answer(score: Score, text: string): void
  /** A session is over, or another began. */
  begin(): void
}

/** Asks once, after a session, what it was like; a later answer takes the place of an earlier one. */
export function startRating(seat: () => RatedSeat | undefined, until: AbortSignal): RatingQuestion {
  const state = signal<RatingState>({ kind: 'asking' })
  let turn = 0
  /** One after the other: the last one must come last. */
  let sending = Promise.resolve()

  async function send(score: Score, text: string, mine: number) {
    if (mine !== turn || until.aborted) return
    const rated = seat()
    if (!rated) return become({ kind: 'failed', score, text, refusal: { code: 'unauthenticated' } })
    try {
      const box = text && rated.groupKey ? await sealWords(rated.groupKey, rated.ticket, text) : null
      await sayRating(rated.token, { score, box }, until)
      become({ kind: 'kept', score, text })
    } catch (cause) {
      if (until.aborted) return
      become({
        kind: 'failed',
        score,
        text,
        refusal: cause instanceof RefusedError ? cause.refusal : { code: 'unavailable' },
      })
    }

    function become(next: RatingState) {
      if (mine === turn) state.value = next
    }
  }

  return {
    state,
    asked: () => seat()?.asked ?? false,
    worded: () => (seat()?.groupKey ?? null) !== null,
    answer(score, text) {
      const mine = ++turn
      state.value = { kind: 'sending', score, text }
      sending = sending.then(() => send(score, text, mine))
    },
    begin() {
      turn += 1
      state.value = { kind: 'asking' }
    },
  }
}

/** Only the group reads it, and only under this ticket. */
async function sealWords(key: PublicKey, ticket: TicketId, text: string): Promise<NonNullable<RatingRequest['box']>> {
  const words: RatingWords = { type: 'rating', ticket, text }
  const { sealToGroup } = await retried(() => import('../../peer/seal-to-group.ts'))
  return toBase64url(await sealToGroup(key, new TextEncoder().encode(JSON.stringify(words))))
}
