import type { Log } from './log.ts'

type Work = {
  everyMs: number
  /** What the log says where it fails; the next turn is tried all the same. */
  failed: string
  log: Log
  run(): Promise<void>
}

/** Runs again and again, one at a time, until the signal: a turn that comes while the one before still works is left out. */
export function every({ everyMs, failed, log, run }: Work, signal: AbortSignal): void {
  let running = false
  const timer = setInterval(() => {
    if (running) return
    running = true
    run()
      // At the end the database may close in the midst of it.
      .catch((error: unknown) => !signal.aborted && log.error({ err: error }, failed))
      .finally(() => {
        running = false
      })
  }, everyMs)
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}
