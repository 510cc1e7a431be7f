import type { Consent, ConsentId } from '../../protocol/consent.ts'
import type { Permissions } from './permissions.ts'
import type { Sharing } from './sharing.ts'

type Parts = {
  permissions: Pick<Permissions, 'list' | 'offer' | 'answer' | 'end'>
  /** The screen is given up, by either side. */
  stop(): void
  signal: AbortSignal
}

/**
 * Writes what becomes of the screen into the ledger: shown, with or without having been asked for; not wanted; stopped.
 * @returns to be told of each step.
 */
export function keepScreenLedger({ permissions, stop, signal }: Parts): (before: Sharing, after: Sharing) => void {
  const { list } = permissions
  let shown: ConsentId | undefined

  const unsubscribe = list.subscribe((consents) => {
    const { state } = consents.find(({ id }) => id === shown) ?? {}
    if (state?.kind !== 'ended') return
    shown = undefined
    if (state.by !== 'hand-over') stop()
  })
  signal.addEventListener('abort', unsubscribe, { once: true })

  return (before, after) => {
    if (after.kind === 'shared') {
      if (before.kind === 'shared') return
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
