import type { Consent, ConsentId } from '../../protocol/consent.ts'
import type { Permissions } from './permissions.ts'
import type { Sharing } from './sharing.ts'

type Shown = Extract<Sharing, { kind: 'shared' }>

type Parts = {
  permissions: Pick<Permissions, 'list' | 'offer' | 'answer' | 'end'>
  /** The screen is given up, by either side; what is shown beside it goes on. */
  stop(): void
  /** A screen that was shown beside it is in its place: the permission of that one, where it holds. */
  adopt(number: number): ConsentId | undefined
  signal: AbortSignal
}

/**
 * Writes what becomes of the screen that is shown first into the ledger: shown, with or without having been asked for; not wanted; stopped.
 * @returns to be told of each step.
 */
export function keepScreenLedger({
  permissions,
  stop,
  adopt,
  signal,
}: Parts): (before: Sharing, after: Sharing) => void {
  const { list } = permissions
  let shown: ConsentId | undefined

  const unsubscribe = list.subscribe((consents) => {
    const { state } = consents.find(({ id }) => id === shown) ?? {}
    if (state?.kind !== 'ended') return
    shown = undefined
    if (state.by !== 'hand-over') stop()
  })
  signal.addEventListener('abort', unsubscribe, { once: true })

  function replaced(before: Shown, after: Shown) {
    if (before.number === after.number) return
    const ended = shown
    shown = adopt(after.number)
    if (ended) permissions.end(ended)
    if (!shown) stop()
  }

  return (before, after) => {
    if (after.kind === 'shared') {
      if (before.kind === 'shared') return replaced(before, after)
      const asked = screenQuestion(list.peek())
      if (asked) permissions.answer(asked.id, true)
      shown = asked?.id ?? permissions.offer('screen')
      if (!shown) stop()
    } else if (shown) {
      const ended = shown
      shown = undefined
      permissions.end(ended)
    } else if (after.kind === 'idle' && before.kind !== 'shared') {
      const asked = screenQuestion(list.peek())
      if (asked) permissions.answer(asked.id, false)
    }
  }
}

/** The technician waits to see a screen. */
export function screenQuestion(consents: readonly Consent[]): Consent | undefined {
  return consents.find(({ what, state }) => what === 'screen' && state.kind === 'asked')
}
