import type { Sink } from './sink.ts'

/** A file that came and is whole, on the browser's own disk: reading it holds nothing in memory. */
export type KeptFile = { path: readonly string[]; file: File }

/** The browser's own disk as the place of one transfer, which every browser has without asking. */
export type OpfsPlace = {
  readonly sink: Sink
  readonly kept: readonly KeptFile[]
  /** Takes all of it from the disk. */
  clear(): Promise<void>
}

const FOLDER = 'deskside-files'

/** @param id names the place. Rejects where this browser has none, as in some private windows. */
export async function openOpfsPlace(id: string): Promise<OpfsPlace> {
  const root = await navigator.storage.getDirectory()
  const all = await root.getDirectoryHandle(FOLDER, { create: true })
  const folder = await all.getDirectoryHandle(id, { create: true })
  const kept: KeptFile[] = []
  let count = 0

  const sink: Sink = {
    async open({ path }) {
      // Names of the other side are of no concern to this disk.
      const name = `${count++}`
      const handle = await folder.getFileHandle(name, { create: true })
      const writing = await handle.createWritable()
      return {
        write: (bytes) => writing.write(bytes),
        async keep() {
          await writing.close()
          kept.push({ path, file: await handle.getFile() })
        },
        async drop() {
          await writing.abort().catch(() => {})
          await folder.removeEntry(name).catch(() => {})
        },
      }
    },
  }
  return { sink, kept, clear: () => all.removeEntry(id, { recursive: true }) }
}

/** What pages that are gone have left. Two days: a page that is still open keeps its own. */
export async function clearOldPlaces(now: number = Date.now()): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const all = await root.getDirectoryHandle(FOLDER).catch(() => undefined)
  if (!all) return
  for await (const [name, entry] of all.entries()) {
    if (entry.kind !== 'directory') continue
    let newest = 0
    for await (const file of entry.values()) {
      if (file.kind === 'file') newest = Math.max(newest, (await file.getFile()).lastModified)
    }
    if (now - newest > 2 * 86_400_000) await all.removeEntry(name, { recursive: true }).catch(() => {})
  }
}
