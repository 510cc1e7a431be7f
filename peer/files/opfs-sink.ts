import { createDisk, type DiskFile } from './disk.ts'
import { FILE_PART } from './gather.ts'
import { createPack, type KeptFile, type Pack } from './pack.ts'
import type { FileSink, Sink } from './sink.ts'

/** Where what comes waits to be saved, while the page is there. */
export type Place = {
  readonly sink: Sink
  readonly kept: readonly KeptFile[]
  /** Those that have nothing in them. */
  readonly folders: readonly (readonly string[])[]
  /** Puts something made of them beside them, as it comes. */
  spool(name: string, content: ReadableStream<Uint8Array>): Promise<File>
}

const FOLDER = 'deskside-files'

/** The browser's own disk as the place of one transfer. @param id names it. Rejects where this browser has none, as in some private windows. */
export async function openOpfsPlace(id: string): Promise<Place> {
  const root = await navigator.storage.getDirectory()
  const all = await root.getDirectoryHandle(FOLDER, { create: true })
  await hold(id)
  const folder = await all.getDirectoryHandle(id, { create: true })
  const kept: KeptFile[] = []
  const folders: (readonly string[])[] = []
  const disk = createDisk()
  let count = 0

  async function newFile() {
    // Names of the other side are of no concern to this disk.
    const name = `${count++}`
    return { name, handle: await folder.getFileHandle(name, { create: true }) }
  }

  const pack = createPack(
    async (content) => {
      const { handle } = await newFile()
      const writing = await handle.createWritable()
      await writing.write(content)
      await writing.close()
      return handle.getFile()
    },
    (file) => void kept.push(file),
  )

  const sink: Sink = {
    settle: pack.settle,
    async folder(path) {
      folders.push(path)
    },
    async open({ path, size, modified }) {
      if (size <= FILE_PART) return packed(pack, { path, modified })
      const { name, handle } = await newFile()
      // Where the worker's code cannot be had, as while the server is away, the page writes by itself, only slower.
      const writing = await disk.open(handle).catch(() => writtenByPage(handle))
      return {
        write: writing.write,
        async keep() {
          await writing.close()
          kept.push({ path, modified, file: await handle.getFile() })
        },
        async drop() {
          await writing.close().catch(() => {})
          await folder.removeEntry(name).catch(() => {})
        },
      }
    },
  }
  return {
    sink,
    kept,
    folders,
    async spool(name, content) {
      const handle = await folder.getFileHandle(`spool ${name}`, { create: true })
      const writing = await handle.createWritable()
      let waiting: Uint8Array<ArrayBuffer>[] = []
      let bytes = 0
      for await (const part of content) {
        waiting.push(new Uint8Array(part))
        bytes += part.length
        if (bytes < FILE_PART) continue
        await writing.write(new Blob(waiting))
        waiting = []
        bytes = 0
      }
      await writing.write(new Blob(waiting))
      await writing.close()
      return handle.getFile()
    },
  }
}

async function writtenByPage(handle: FileSystemFileHandle): Promise<DiskFile> {
  const writing = await handle.createWritable()
  return {
    async write(bytes) {
      await writing.write(bytes)
      return bytes
    },
    close: () => writing.close(),
  }
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

/** A small file, which is written once it is whole. */
function packed(pack: Pack, about: Pick<KeptFile, 'path' | 'modified'>): FileSink {
  let content = new Uint8Array(0)
  return {
    async write(bytes) {
      content = bytes
      return undefined
    },
    keep: () => pack.add({ ...about, content }),
    drop: async () => {},
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
