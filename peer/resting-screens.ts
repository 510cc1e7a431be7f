import type { CustomerLink } from './live-link.ts'
import type { ScreenShare } from './share.ts'

/** What nobody looks at is sent like this: enough for a first picture when somebody does, and hardly any of the line. */
export const RESTING = { maxBitrate: 150_000, maxFramerate: 2 } as const

/** Which of the customer's screens rest on one link, since the technician looks at another one. */
export type RestingScreens = {
  rests(number: number): boolean
  onChange(changed: () => void): void
}

export function restingScreens(
  share: Pick<ScreenShare, 'state'> & { further: { list: readonly { number: number }[] } },
  { on, signal }: Pick<CustomerLink, 'on' | 'signal'>,
): RestingScreens {
  const changes = new EventTarget()
  let looked: number | null = null
  on('screen-looked', ({ number }) => {
    if (looked === number) return
    looked = number
    changes.dispatchEvent(new Event('change'))
  })

  /** What was looked at may be gone meanwhile. */
  function isThere() {
    const { state, further } = share
    const first = state.kind === 'shared' && state.number === looked
    return further.list.length > 0 && (first || further.list.some(({ number }) => number === looked))
  }

  return {
    rests: (number) => number !== looked && isThere(),
    onChange: (changed) => changes.addEventListener('change', changed, { signal }),
  }
}
