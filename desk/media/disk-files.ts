import { Dexie, type EntityTable } from 'dexie'

/** Files by name, as a worker sees them. */
export type DiskFiles = {
  open(name: string): Promise<DiskFile>
  read(name: string): Promise<Blob | undefined>
  /** In the place of what is there. */
  move(name: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  /** Removes what ends like this and is not open in another page. */
  sweep(ending: string): Promise<void>
}

/** A file that is written; nobody else may write it meanwhile. */
export type DiskFile = {
  readonly size: number
  /** @param at in bytes from the beginning */
  write(bytes: Uint8Array<ArrayBuffer>, at: number): void | Promise<void>
  flush(): void | Promise<void>
  close(): void | Promise<void>
}

/** Lib.dom does not know it: it is in workers only. */
type SyncHandle = {
  getSize(): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}
type SyncFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }
/** Nor this. */
type MovableFile = FileSystemFileHandle & { move(name: string): Promise<void> }

const FOLDER = 'media'

/** In the browser's own file system; in IndexedDB where there is none, as in Firefox's private windows. */
export async function openDiskFiles(): Promise<DiskFiles> {
  try {
    const root = await navigator.storage.getDirectory()
    return inFileSystem(await root.getDirectoryHandle(FOLDER, { create: true }))
  } catch {
    return inDatabase()
  }
}

function inFileSystem(folder: FileSystemDirectoryHandle): DiskFiles {
  return {
    async open(name) {
      const file = (await folder.getFileHandle(name, { create: true })) as SyncFile
      const handle = await file.createSyncAccessHandle()
      let size = handle.getSize()
      return {
        get size() {
          return size
        },
        write(bytes, at) {
          const written = handle.write(bytes, { at })
          if (written < bytes.byteLength) throw new DOMException('the disk took a part only', 'QuotaExceededError')
          size = Math.max(size, at + written)
        },
        flush: () => handle.flush(),
        close: () => handle.close(),
      }
    },
    async read(name) {
      const handle = await folder.getFileHandle(name).catch(() => undefined)
      return await handle?.getFile()
    },
    async move(name, to) {
      await folder.removeEntry(to).catch(ifMissing)
      await ((await folder.getFileHandle(name)) as MovableFile).move(to)
    },
    remove: (name) => folder.removeEntry(name).catch(ifMissing),
    async sweep(ending) {
      for await (const name of folder.keys()) if (name.endsWith(ending)) await folder.removeEntry(name).catch(() => {})
    },
  }
}

function ifMissing(cause: unknown) {
  if (!(cause instanceof DOMException && cause.name === 'NotFoundError')) throw cause
}

type Piece = { name: string; at: number; bytes: Blob }

/** A file is its pieces, each written once; what is written over an earlier piece is a later one. */
function inDatabase(): DiskFiles {
  const database = new Dexie('deskside-media-bytes') as Dexie & { pieces: EntityTable<Piece & { id: number }, 'id'> }
  database.version(1).stores({ pieces: '++id, name' })
  const piecesOf = (name: string) => database.pieces.where('name').equals(name).sortBy('id')
  return {
    async open(name) {
      let size = extent(await piecesOf(name))
      return {
        get size() {
          return size
        },
        async write(bytes, at) {
          await database.pieces.add({ name, at, bytes: new Blob([bytes]) })
          size = Math.max(size, at + bytes.byteLength)
        },
        flush() {},
        close() {},
      }
    },
    async read(name) {
      const pieces = await piecesOf(name)
      return pieces.length > 0 ? assemble(pieces) : undefined
    },
    async move(name, to) {
      await database.pieces.where('name').equals(to).delete()
      await database.pieces.where('name').equals(name).modify({ name: to })
    },
    async sweep(ending) {
      await database.pieces.filter(({ name }) => name.endsWith(ending)).delete()
    },
    remove: async (name) => void (await database.pieces.where('name').equals(name).delete()),
  }
}

function extent(pieces: readonly Piece[]): number {
  return Math.max(0, ...pieces.map(({ at, bytes }) => at + bytes.size))
}

/** Later pieces lie over earlier ones. */
function assemble(pieces: readonly Piece[]): Blob {
  let whole = new Blob([])
  for (const { at, bytes } of pieces) whole = new Blob([whole.slice(0, at), bytes, whole.slice(at + bytes.size)])
  return whole
}
