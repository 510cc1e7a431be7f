import type { Time } from '../../protocol/ids.ts'

/** A shorter cut is seen at the desk while it lasts, and neither kept nor told to the server, in ms. */
const LONG_CUT_MS = 10_000

type Parts = {
  /** To the server: whether the link is up. From a long cut on the server says whether the customer is still there. */
  tell(live: boolean): void
  /** For the case's history: a long cut is over. */
  note(): void
}

/** What the cuts of one link mean beyond this desk. */
export type Cuts = {
  cut(): void
  /** @param cutSince of a link that comes back. */
  up(cutSince: Time | undefined): void
  /** Nobody waits for that link any more. */
  stop(): void
}

export function followCuts({ tell, note }: Parts): Cuts {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    cut() {
      clearTimeout(timer)
      timer = setTimeout(() => tell(false), LONG_CUT_MS)
    },
    up(cutSince) {
      clearTimeout(timer)
      tell(true)
      if (cutSince !== undefined && Date.now() - cutSince >= LONG_CUT_MS) note()
    },
    stop: () => clearTimeout(timer),
  }
}
