/** What came in bulk is seen after so long at the latest, in ms, unless showing it takes more than a tenth of the time. */
export const BULK_MS = 2_000

/**
 * When what comes in bulk is to be seen. Each time that it is, all of the list is ordered, counted and searched anew; so a list of n that
 * comes in pages is seen while it doubles, about log n times, and not once for each page.
 */
export type BulkPace = {
  /** Something came. @param unseen what was not seen yet, of so many in the list */
  came(unseen: number, listed: number): void
  now(): void
}

/** @param see shows all that was not seen */
export function bulkPace(see: () => void, until: AbortSignal): BulkPace {
  let notBefore = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  until.addEventListener('abort', () => clearTimeout(timer), { once: true })

  function now() {
    clearTimeout(timer)
    timer = undefined
    const begunAt = performance.now()
    notBefore = begunAt + BULK_MS
    see()
    // What follows from it is painted when the next task comes.
    setTimeout(() => {
      const took = performance.now() - begunAt
      notBefore = Math.max(notBefore, begunAt + 10 * took)
    })
  }

  return {
    now,
    came(unseen, listed) {
      if (until.aborted || unseen === 0) return
      const wait = notBefore - performance.now()
      if (unseen * 2 >= listed || wait <= 0) now()
      else timer ??= setTimeout(now, wait)
    },
  }
}
