import type { ReadonlySignal } from '@preact/signals'
import type { ConsentId } from '../../protocol/consent.ts'
import type { Permissions } from './permissions.ts'

type Parts = {
  /** Whether something is heard. */
  sound: ReadonlySignal<boolean>
  permissions: Pick<Permissions, 'list' | 'offer' | 'end'>
  /** The sound is given up, by either side. */
  stop(): void
  signal: AbortSignal
}

/** Writes from when to when the technician heard the sound. It comes with a picture or not at all: nobody can ask for it alone. */
export function keepSoundLedger({ sound, permissions, stop, signal }: Parts): void {
  const { list } = permissions
  let heard: ConsentId | undefined

  const stops = [
    sound.subscribe((begins) => {
      const before = heard
      heard = undefined
      if (before) permissions.end(before)
      if (!begins) return
      heard = permissions.offer('sound')
      if (!heard) stop()
    }),
    list.subscribe((consents) => {
      for (const { id, state } of consents) {
        if (id === heard && state.kind === 'ended' && (state.by === 'customer' || state.by === 'technician')) stop()
      }
    }),
  ]
  for (const unsubscribe of stops) signal.addEventListener('abort', unsubscribe, { once: true })
}
