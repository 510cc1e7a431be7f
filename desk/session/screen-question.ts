import type { ReadonlySignal, Signal } from '@preact/signals'
import type { Consent, ConsentId } from '../../protocol/consent.ts'
import type { AttendanceState, ScreenView } from './attendance-state.ts'
import { questionOf } from './consents.ts'

/** Whether the customer is asked for the screen is in the ledger alone: taken back there, nobody is asked any more. */
export function followScreenQuestion(
  consents: ReadonlySignal<ReadonlyMap<ConsentId, Consent>>,
  state: Signal<AttendanceState>,
  until: AbortSignal,
): void {
  const stop = consents.subscribe((now) => {
    const live = state.peek()
    if (live.kind !== 'live') return
    const screen = withQuestion(live.screen, questionOf(now.values(), 'screen'))
    if (screen !== live.screen) state.value = { ...live, screen }
  })
  until.addEventListener('abort', stop, { once: true })
}

/** The screen as the technician stands with it, now that `question` waits for an answer, or none does. */
export function withQuestion(screen: ScreenView, question: Pick<Consent, 'asked'> | undefined): ScreenView {
  if (question?.asked === undefined) return screen.kind === 'asked' ? { kind: 'not-shared', why: 'not-yet' } : screen
  return screen.kind === 'not-shared' ? { kind: 'asked', since: question.asked } : screen
}
