import type { ReadonlySignal } from '@preact/signals'
import type { CapturedScreen, Grant } from '../../peer/further-screens.ts'
import type { ConsentId } from '../../protocol/consent.ts'
import type { Permissions } from './permissions.ts'
import { screenQuestion } from './screen-ledger.ts'

type Parts = {
  further: ReadonlySignal<readonly Pick<CapturedScreen, 'id' | 'number'>[]>
  permissions: Pick<Permissions, 'list' | 'offer' | 'answer' | 'end'>
  /** As both sides call it. */
  name(screen: Parameters<Grant>[0]): string
  /** This one is given up, by either side. */
  remove(id: ConsentId): void
  signal: AbortSignal
}

/** What the ledger says of the screens beside the first. */
export type FurtherLedger = {
  grant: Grant
  notNow(): void
  /** It is the first one from now on, and its permission goes on; undefined where that has ended. */
  giveAway(number: number): ConsentId | undefined
}

/** Writes from when to when each further screen was shown, under its name. */
export function keepFurtherLedger({ further, permissions, name, remove, signal }: Parts): FurtherLedger {
  const { list } = permissions
  let shown: readonly ConsentId[] = []

  const stops = [
    further.subscribe((screens) => {
      const before = shown
      shown = screens.map(({ id }) => id)
      for (const id of before) if (!shown.includes(id)) permissions.end(id)
    }),
    list.subscribe((consents) => {
      for (const { id, state } of consents) {
        const ended = state.kind === 'ended' && (state.by === 'customer' || state.by === 'technician')
        if (ended && shown.includes(id)) remove(id)
      }
    }),
  ]
  for (const unsubscribe of stops) signal.addEventListener('abort', unsubscribe, { once: true })

  return {
    grant(screen) {
      const asked = screenQuestion(list.peek())
      if (!asked) return permissions.offer('screen', name(screen))
      permissions.answer(asked.id, true, name(screen))
      return asked.id
    },
    giveAway(number) {
      const given = further.peek().find((screen) => screen.number === number)?.id
      shown = shown.filter((id) => id !== given)
      // Both may have been taken back at once.
      return list.peek().find(({ id, state }) => id === given && state.kind === 'granted')?.id
    },
    notNow() {
      const asked = screenQuestion(list.peek())
      if (asked) permissions.answer(asked.id, false)
    },
  }
}
