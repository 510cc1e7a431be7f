import { numbered } from './clean-name.ts'
import type { Sink } from './sink.ts'

/** What is not whole yet, so that a person and a program see that it is not. */
const UNFINISHED = '.part'

/** Chromium's and Firefox's; lib.dom does not know it. Rejects where the file system is not the browser's own, in some versions. */
type Movable = FileSystemFileHandle & { move?(name: string): Promise<void> }

/**
 * A folder that the person chose on the own computer as the place of a transfer. What is there stays: a file whose name is taken gets a
 * number. A file is only under its name once it is whole.
 */
export function folderSink(folder: FileSystemDirectoryHandle): Sink {
  let turn: Promise<unknown> = Promise.resolve()
  /** Looking for a free name and taking it is one step. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work)
    turn = done.catch(() => {})
    return done
  }

  return {
    async open({ path }) {
      let place = folder
      for (const part of path.slice(0, -1)) place = await place.getDirectoryHandle(part, { create: true })
      const name = path.at(-1) ?? 'file'
      const handle = await alone(async () =>
        place.getFileHandle(await freeName(place, `${name}${UNFINISHED}`), { create: true }),
      )
      const unfinished = handle.name
      const writing = await handle.createWritable()
      return {
        async write(bytes) {
          await writing.write(bytes)
          return bytes
        },
        async keep() {
          await writing.close()
          await alone(async () => rename(place, handle, await freeName(place, name)))
        },
        async drop() {
          await writing.abort().catch(() => {})
          await place.removeEntry(unfinished).catch(() => {})
        },
      }
    },
  }
}

async function rename(place: FileSystemDirectoryHandle, handle: Movable, name: string): Promise<void> {
  const moved = await handle.move?.(name).then(
    () => true,
    () => false,
  )
  if (moved) return
  // Written again under its name, which is there when the last byte is: the browser writes beside it.
  const whole = await (await place.getFileHandle(name, { create: true })).createWritable()
  try {
    await (await handle.getFile()).stream().pipeTo(whole)
  } catch (error) {
    await place.removeEntry(name).catch(() => {})
    throw error
  }
  await place.removeEntry(handle.name)
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
