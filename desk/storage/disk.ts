import { type ReadonlySignal, signal } from '@preact/signals'
import { backoff } from '../../peer/backoff.ts'

/** What of this browser's data a write belongs to. `lists`: copies of what the server has, for times without it. `media`: pictures and films, which are nowhere else. */
export type DiskPart = 'documents' | 'lists' | 'settings' | 'media'

/** `full`: for want of room; otherwise the browser gives no reason that a person could mend. */
export type Unkept = { part: DiskPart; full: boolean }

/** This browser's disk, as far as it takes what it is given. What it does not take stays in memory and is tried again. */
export type Disk = {
  /** What is not on the disk, by the name of the write. */
  readonly unkept: ReadonlySignal<ReadonlyMap<string, Unkept>>
  /** So many bytes of documents were written since the page was opened, to know when it is worth to look how full the disk is. */
  readonly written: ReadonlySignal<number>
  /**
   * Writes. Where the disk is full, the write is tried again until it succeeds, or one of the same name takes its place; one of a
   * document, of which there may be no other copy, whatever it failed with. Rejects where the first try fails.
   */
  keep(name: string, part: DiskPart, write: () => Promise<unknown>): Promise<void>
  /** What is not kept under this name matters no more. */
  forget(name: string): void
  /** Tries everything again at once. */
  retry(): Promise<void>
  wrote(bytes: number): void
}

type Waiting = Unkept & { write: () => Promise<unknown> }

/** Between two tries, in ms. */
const FIRST_RETRY_MS = 2_000
const RETRY_MS = 30_000

export function openDisk(): Disk {
  const unkept = signal<ReadonlyMap<string, Unkept>>(new Map())
  const written = signal(0)
  const left = new Map<string, Waiting>()
  /** The latest write of each name: an older one that comes to its end later says nothing. */
  const latest = new Map<string, object>()
  let tries = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function show() {
    unkept.value = new Map([...left].map(([name, { part, full }]) => [name, { part, full }]))
  }

  function done(name: string) {
    if (left.delete(name)) show()
    if (left.size === 0) tries = 0
  }

  async function attempt(name: string, part: DiskPart, write: () => Promise<unknown>) {
    const turn = {}
    latest.set(name, turn)
    try {
      await write()
      if (latest.get(name) === turn) done(name)
    } catch (error) {
      const full = isDiskFull(error)
      if (latest.get(name) === turn && (full || part === 'documents')) {
        left.set(name, { part, full, write })
        show()
        plan()
      }
      throw error
    } finally {
      if (latest.get(name) === turn) latest.delete(name)
    }
  }

  function plan() {
    if (timer !== undefined || left.size === 0) return
    tries += 1
    timer = setTimeout(() => void retry(), Math.min(RETRY_MS, Math.max(FIRST_RETRY_MS, backoff(tries))))
  }

  async function retry() {
    clearTimeout(timer)
    timer = undefined
    await Promise.allSettled([...left].map(([name, { part, write }]) => attempt(name, part, write)))
    plan()
  }

  return {
    unkept,
    written,
    keep: attempt,
    forget(name) {
      latest.delete(name)
      done(name)
    },
    retry,
    wrote(bytes) {
      written.value += bytes
    },
  }
}

/** There is one in a page. */
export const disk = openDisk()

/** Whether a write failed for want of room. IndexedDB says so itself; Dexie and y-indexeddb wrap what it says. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (/QuotaExceeded/.test(`${error.name} ${error.message}`)) return true
  const inner = 'inner' in error ? error.inner : error.cause
  return inner !== undefined && inner !== error && isDiskFull(inner)
}
