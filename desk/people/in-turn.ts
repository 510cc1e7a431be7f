import { type Refusal, RefusedError } from '../../protocol/errors.ts'

/** Somebody for whom it was refused. */
export type Refusals<T> = { item: T; refusal: Refusal }[]

type Options<T> = {
  /** After each item: how many are done. */
  onProgress: (done: number, refused: Refusals<T>) => void
  signal: AbortSignal
}

/** The longest time that the server's wish for a pause is followed, in ms. */
const MAX_PAUSE_MS = 30_000

/**
 * Asks the server for one item after the other; a refusal harms no other item, and where the server wants a pause, it gets it.
 * An abort stops before the next item. @returns those that were refused.
 */
export async function inTurn<T>(
  items: readonly T[],
  ask: (item: T) => Promise<unknown>,
  { onProgress, signal }: Options<T>,
): Promise<Refusals<T>> {
  const refused: Refusals<T> = []
  let done = 0
  for (const item of items) {
    if (signal.aborted) break
    const refusal = await refusalOf(item, ask, signal)
    if (refusal) refused.push({ item, refusal })
    done += 1
    onProgress(done, refused)
  }
  return refused
}

async function refusalOf<T>(item: T, ask: (item: T) => Promise<unknown>, signal: AbortSignal) {
  for (;;) {
    try {
      await ask(item)
      return undefined
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      const { code, retryAfterMs } = error.refusal
      if (code !== 'too-many' || retryAfterMs === undefined || retryAfterMs > MAX_PAUSE_MS) return error.refusal
      await pause(retryAfterMs, signal)
      if (signal.aborted) return error.refusal
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
