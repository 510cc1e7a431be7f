/** Resolves after `ms`, or as soon as one of the signals is aborted; the caller asks them which it was. */
export function sleep(ms: number, ...signals: AbortSignal[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const woken = AbortSignal.any(signals)
  const timer = setTimeout(resolve, ms)
  woken.addEventListener('abort', () => resolve(), { once: true })
  if (woken.aborted) resolve()
  return promise.finally(() => clearTimeout(timer))
}
