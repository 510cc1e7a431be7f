import { numbered } from './clean-name.ts'
import type { Sink } from './sink.ts'

/** What is not whole yet, so that a person and a program see that it is not. */
const UNFINISHED = '.part'

/** Chromium's and Firefox's; lib.dom does not know it. Rejects where the file system is not the browser's own, in some versions. */
type Movable = FileSystemFileHandle & { move?(name: string): Promise<void> }

/** Looking for a free name and taking it is one step, whichever transfer of this page does it. */
let turn: Promise<unknown> = Promise.resolve()
function alone<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work)
  turn = done.catch(() => {})
  return done
}

/**
 * A folder that the person chose on the own computer as the place of a transfer. What is there stays: a file whose name is taken gets a
 * number. A file is only under its name once it is whole.
 */
export function folderSink(folder: FileSystemDirectoryHandle): Sink {
  async function inside(path: readonly string[]): Promise<FileSystemDirectoryHandle> {
    let place = folder
    for (const part of path) place = await openFolder(place, part)
    return place
  }

  return {
    async folder(path) {
      await inside(path)
    },
    async open({ path }) {
      const place = await inside(path.slice(0, -1))
      const name = path.at(-1) ?? 'file'
      const handle = await alone(async () =>
        place.getFileHandle(await freeName(place, `${name}${UNFINISHED}`), { create: true }),
      )
      const unfinished = handle.name
      const writing = await handle.createWritable().catch(async (error: unknown) => {
        await place.removeEntry(unfinished).catch(() => {})
        throw error
      })
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
  await copy(place, handle, name)
  await place.removeEntry(handle.name)
}

/** Written again under its name, which is there when the last byte is: a browser writes beside it. */
async function copy(place: FileSystemDirectoryHandle, from: FileSystemFileHandle, name: string): Promise<void> {
  const { whole, isSeen } = await writableOf(place, name)
  try {
    await (await from.getFile()).stream().pipeTo(whole, { preventClose: true })
    // Somebody else has put a file there meanwhile: it stays.
    if (!isSeen && (await isTaken(place, name))) {
      await whole.abort()
      return copy(place, from, await freeName(place, name))
    }
    await whole.close()
  } catch (error) {
    await whole.abort().catch(() => {})
    if (isSeen) await place.removeEntry(name).catch(() => {})
    throw error
  }
}

/** `isSeen`: an empty file stands under the name until it is closed, where a browser writes beside no name that is free. */
async function writableOf(place: FileSystemDirectoryHandle, name: string) {
  const handle = await place.getFileHandle(name, { create: true })
  await place.removeEntry(name)
  try {
    const whole = await handle.createWritable()
    return { whole, isSeen: await isTaken(place, name) }
  } catch (error) {
    if (nameOf(error) !== 'NotFoundError') throw error
    const seen = await place.getFileHandle(name, { create: true })
    return { whole: await seen.createWritable(), isSeen: true }
  }
}

function freeName(place: FileSystemDirectoryHandle, name: string): Promise<string> {
  return firstName(name, async (tried) => ((await isTaken(place, tried)) ? undefined : tried))
}

/** The folder of this name; where a file has it, one with a number. */
function openFolder(place: FileSystemDirectoryHandle, name: string): Promise<FileSystemDirectoryHandle> {
  return firstName(name, async (tried) => {
    try {
      return await place.getDirectoryHandle(tried, { create: true })
    } catch (error) {
      if (nameOf(error) === 'TypeMismatchError') return undefined
      throw error
    }
  })
}

/** What `use` gives for the first of `name`, `name (2)`, … for which it gives anything. @throws what it rejects with, as for a permission that is gone */
async function firstName<T>(name: string, use: (tried: string) => Promise<T | undefined>): Promise<T> {
  let allowed = name
  for (let number = 1; ; number += 1) {
    try {
      const given = await use(numbered(allowed, number))
      if (given !== undefined) return given
    } catch (error) {
      // Some endings, as that of a shortcut, a browser lets no page write.
      if (!(error instanceof TypeError) || allowed !== name) throw error
      allowed = `${name}_`
      number = 0
    }
  }
}

async function isTaken(place: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await place.getFileHandle(name)
    return true
  } catch (error) {
    if (nameOf(error) === 'NotFoundError') return false
    // A folder of that name is in the way as well.
    if (nameOf(error) === 'TypeMismatchError') return true
    throw error
  }
}

const nameOf = (error: unknown) => (error instanceof DOMException ? error.name : undefined)
