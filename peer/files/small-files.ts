import type { Time } from '../../protocol/ids.ts'
import type { Sink } from './sink.ts'

/** A disk answers slowly, and several at once: so many small files are put away at the same time. */
const AT_ONCE = 8

type Small = { path: readonly string[]; size: number; modified: Time; content: Uint8Array<ArrayBuffer> }

/** Puts whole small files away behind the back of what receives them. */
export type SmallFiles = {
  /** Resolves when there is room to go on with the next one. `over` hears what came of this one; `error` where the place rejected it. */
  put(file: Small, over: (error: unknown) => void): Promise<void>
  /** Resolves when all are put away. */
  settled(): Promise<unknown>
}

export function createSmallFiles(sink: Sink): SmallFiles {
  const under = new Set<Promise<void>>()

  async function store({ content, ...file }: Small) {
    const opened = await sink.open(file)
    try {
      if (content.length > 0) await opened.write(content)
      await opened.keep()
    } catch (error) {
      await opened.drop().catch(() => {})
      throw error
    }
  }

  return {
    async put(file, over) {
      const work: Promise<void> = store(file)
        .then(() => over(undefined), over)
        .finally(() => under.delete(work))
      under.add(work)
      if (under.size >= AT_ONCE) await Promise.race(under)
    },
    settled: () => Promise.all(under),
  }
}
