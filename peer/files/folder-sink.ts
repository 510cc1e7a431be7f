import { numbered } from './clean-name.ts'
import type { Sink } from './sink.ts'

/**
 * A folder that the person chose on the own computer as the place of a transfer. What is there stays: a file whose name is taken gets a
 * number. A file is only under its name once it is whole, since the browser writes beside it.
 */
export function folderSink(folder: FileSystemDirectoryHandle): Sink {
  return {
    async open({ path }) {
      let place = folder
      for (const part of path.slice(0, -1)) place = await place.getDirectoryHandle(part, { create: true })
      const name = await freeName(place, path.at(-1) ?? 'file')
      const handle = await place.getFileHandle(name, { create: true })
      const writing = await handle.createWritable()
      return {
        write: (bytes) => writing.write(bytes),
        keep: () => writing.close(),
        async drop() {
          await writing.abort().catch(() => {})
          await place.removeEntry(name).catch(() => {})
        },
      }
    },
  }
}

async function freeName(place: FileSystemDirectoryHandle, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : numbered(name, number)
    if (!(await isTaken(place, tried))) return tried
  }
}

async function isTaken(place: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await place.getFileHandle(name)
    return true
  } catch (error) {
    // A folder of that name is in the way as well.
    return !(error instanceof DOMException && error.name === 'NotFoundError')
  }
}
