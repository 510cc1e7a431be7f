import type { Time } from '../../protocol/ids.ts'

/** So many bytes of small files wait in memory until they are written together. */
const PACK_BYTES = 16 * 1024 * 1024

/** A file that came and is whole, on the browser's own disk: reading it holds nothing in memory. */
export type KeptFile = { path: readonly string[]; modified: Time; readonly file: Blob }

type Small = { path: readonly string[]; modified: Time; content: Uint8Array<ArrayBuffer> }

/** Small files share larger ones on the disk: opening one costs it more than writing it. */
export type Pack = {
  /** @throws what the disk rejects with */
  add(file: Small): Promise<void>
  /** Writes what waits. Where the disk does not take it, it stays in memory. @throws what the disk rejects with */
  settle(): Promise<void>
}

/** @param write puts bytes into a file of their own. @param keep is given each small file once. */
export function createPack(write: (content: Blob) => Promise<Blob>, keep: (file: KeptFile) => void): Pack {
  let waiting: Small[] = []
  let bytes = 0

  async function settle() {
    const files = waiting
    waiting = []
    bytes = 0
    if (files.length === 0) return
    const all = new Blob(files.map(({ content }) => content))
    const put = (from: Blob) => {
      let at = 0
      for (const { path, modified, content } of files) {
        keep(partOf(from, at, content.length, { path, modified }))
        at += content.length
      }
    }
    try {
      put(await write(all))
    } catch (error) {
      put(all)
      throw error
    }
  }

  return {
    async add(file) {
      waiting.push(file)
      bytes += file.content.length
      if (bytes >= PACK_BYTES) await settle()
    },
    settle,
  }
}

/** Cut out when somebody wants it: for thousands at once that would hold up what still comes. */
function partOf(pack: Blob, start: number, length: number, about: Omit<KeptFile, 'file'>): KeptFile {
  return {
    ...about,
    get file() {
      return pack.slice(start, start + length)
    },
  }
}
