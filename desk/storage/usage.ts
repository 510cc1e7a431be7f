import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Disk } from './disk.ts'

/** How much this browser keeps for the extension, and how much it would keep at most, in bytes. */
export type Usage = { used: number; quota: number }

export type UsageWatch = {
  /** Undefined until the browser has said it, and where it does not say. */
  readonly usage: ReadonlySignal<Usage | undefined>
  /** Asks the browser now. Never rejects. */
  look(): Promise<void>
}

const EVERY_MS = 60_000
/** So many bytes of documents are worth a look. */
const WORTH_A_LOOK = 1024 * 1024

/** Looks each minute, after much was written, and whenever a write fails. */
export function watchUsage(disk: Pick<Disk, 'unkept' | 'written'>, until: AbortSignal): UsageWatch {
  const usage = signal<Usage | undefined>(undefined)
  let lookedAt = 0

  async function look() {
    lookedAt = disk.written.peek()
    const { usage: used, quota } = await navigator.storage.estimate().catch(() => ({ usage: 0, quota: 0 }))
    if (quota && !until.aborted) usage.value = { used: used ?? 0, quota }
  }

  const timer = setInterval(look, EVERY_MS)
  const stopWrites = effect(() => {
    if (disk.written.value - lookedAt >= WORTH_A_LOOK) void look()
  })
  const stopFailures = effect(() => {
    if (disk.unkept.value.size >= 0) void look()
  })
  until.addEventListener('abort', () => {
    clearInterval(timer)
    stopWrites()
    stopFailures()
  })
  return { usage, look }
}
