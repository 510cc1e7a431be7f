import type { Sink } from './sink.ts'

/** A file that came and is whole, on the browser's own disk: reading it holds nothing in memory. */
export type KeptFile = { path: readonly string[]; file: File }

/** The browser's own disk as the place of one transfer, which every browser has without asking. It stays while the page does. */
export type OpfsPlace = {
  readonly sink: Sink
  readonly kept: readonly KeptFile[]
}

const FOLDER = 'deskside-files'

/** @param id names the place. Rejects where this browser has none, as in some private windows. */
export async function openOpfsPlace(id: string): Promise<OpfsPlace> {
  const root = await navigator.storage.getDirectory()
  const all = await root.getDirectoryHandle(FOLDER, { create: true })
  await hold(id)
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
  return { sink, kept }
}

/** What pages that are gone have left: a page that is there holds the lock of each of its places. */
export async function clearOldPlaces(): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const all = await root.getDirectoryHandle(FOLDER).catch(() => undefined)
  if (!all) return
  for await (const name of all.keys()) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (free) => {
      if (free) await all.removeEntry(name, { recursive: true }).catch(() => {})
    })
  }
}

/** Until the page goes. */
function hold(place: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = () => {
      resolve()
      return new Promise(() => {})
    }
    navigator.locks.request(lockOf(place), held).catch(reject)
  })
}

const lockOf = (place: string) => `${FOLDER} ${place}`
