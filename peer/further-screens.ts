import type { ConsentId } from '../protocol/consent.ts'
import { MAX_FURTHER_SCREENS } from '../protocol/limits.ts'
import { FIRST_SCREEN, type FurtherScreen } from '../protocol/screens.ts'

/** One of them with its picture. */
export type CapturedScreen = Omit<FurtherScreen, 'mid'> & { readonly track: MediaStreamTrack }

/** Writes down that this screen is shown now. */
export type Grant = (screen: Pick<FurtherScreen, 'number' | 'surface'>) => ConsentId | undefined

/** What a customer shows beside the first screen. */
export type FurtherScreens = {
  /** Empty while it is held. */
  readonly list: readonly CapturedScreen[]
  /** Opens the browser's picker; call it straight from the click. Never rejects: a cancelled picker changes nothing. */
  add(grant: Grant): Promise<void>
  remove(id: ConsentId): void
  /** Gives the oldest of them away, to be shown as the first. @returns false where there is none */
  giveOldest(take: (screen: CapturedScreen) => void): boolean
  /** Ends all of them. */
  end(): void
  /** Shows none of them to anybody, until `goOn`. */
  hold(): void
  /** Shows what was held, to somebody else: each is granted anew. */
  goOn(grant: Grant): void
  onChange(changed: () => void, signal: AbortSignal): void
}

type Parts = {
  capture(): Promise<Pick<CapturedScreen, 'track' | 'surface'>>
  /** Whether there is a first screen, beside which another can be shown. */
  open(): boolean
}

export function createFurtherScreens({ capture, open }: Parts): FurtherScreens {
  const changes = new EventTarget()
  let list: readonly CapturedScreen[] = []
  let held = false
  let picking = false
  /** Raised when what is shown is held or ended: a picker that was opened before is not for whoever is there now. */
  let turn = 0
  let last = FIRST_SCREEN

  function set(next: readonly CapturedScreen[]) {
    list = next
    changes.dispatchEvent(new Event('change'))
  }

  function drop(gone: (screen: CapturedScreen) => boolean) {
    const dropped = list.filter(gone)
    if (dropped.length === 0) return
    // A track that the page stops fires no `ended`.
    for (const { track } of dropped) track.stop()
    set(list.filter((screen) => !dropped.includes(screen)))
  }

  return {
    get list() {
      return held ? [] : list
    },
    async add(grant) {
      if (picking || held || !open() || list.length >= MAX_FURTHER_SCREENS) return
      picking = true
      const mine = turn
      try {
        const { track, surface } = await capture()
        const id = mine === turn && open() ? grant({ number: last + 1, surface }) : undefined
        if (!id) return track.stop()
        last += 1
        track.contentHint = 'detail'
        track.addEventListener('ended', () => drop((screen) => screen.track === track))
        set([...list, { id, number: last, surface, since: Date.now(), track }])
      } catch {
        // Cancelled, or the browser cannot: what is shown stays.
      } finally {
        picking = false
      }
    },
    remove: (id) => drop((screen) => screen.id === id),
    giveOldest(take) {
      const [oldest] = held ? [] : list
      if (!oldest) return false
      list = list.filter((screen) => screen !== oldest)
      take(oldest)
      set(list)
      return true
    },
    end() {
      turn += 1
      held = false
      last = FIRST_SCREEN
      drop(() => true)
    },
    hold() {
      turn += 1
      held = true
      set(list)
    },
    goOn(grant) {
      if (!held) return
      held = false
      const granted = list.map((screen) => ({ ...screen, id: grant(screen), since: Date.now() }))
      for (const { id, track } of granted) if (!id) track.stop()
      set(granted.flatMap(({ id, ...screen }) => (id ? [{ ...screen, id }] : [])))
    },
    onChange(changed, signal) {
      changes.addEventListener('change', changed, { signal })
    },
  }
}
