import { type DiskFile, type DiskFiles, openDiskFiles } from './disk-files.ts'
import { finishRecording } from './finish-recording.ts'
import { PART } from './media-bytes.ts'
import { createTurns } from './turns.ts'
import type { Answer, Call } from './worker-calls.ts'

/** Reads and writes the files: only a worker may write a part of a file in place, and the page goes on meanwhile. */

const files = openDiskFiles().then(async (disk) => {
  await disk.sweep(PART).catch(() => {})
  return disk
})
/** Those that are appended to stay open. */
const open = new Map<string, Promise<DiskFile>>()
const inTurn = createTurns()

addEventListener('message', ({ data }: MessageEvent<{ id: number; call: Call }>) => {
  const { id, call } = data
  inTurn(filesOf(call), async () => run(await files, call)).then(
    (value) => answer({ id, value }),
    (cause: unknown) => {
      const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
      answer({ id, failed: { name, message } })
    },
  )
})

function filesOf(call: Call): string[] {
  switch (call.kind) {
    case 'move':
      return [call.name, call.to]
    case 'finish':
      return [call.from, call.to]
    default:
      return [call.name]
  }
}

function answer(answered: Answer) {
  postMessage(answered)
}

async function run(disk: DiskFiles, call: Call): Promise<Answer['value']> {
  switch (call.kind) {
    case 'append': {
      const file = await appendable(disk, call.name)
      await file.write(call.bytes, file.size)
      await file.flush()
      return undefined
    }
    case 'write': {
      await disk.remove(call.name)
      const file = await disk.open(call.name)
      try {
        for await (const piece of call.bytes.stream()) await file.write(new Uint8Array(piece), file.size)
        await file.flush()
      } finally {
        await file.close()
      }
      return undefined
    }
    case 'read':
      return await disk.read(call.name)
    case 'move':
      await closed(call.name)
      await disk.move(call.name, call.to)
      return undefined
    case 'remove':
      await closed(call.name)
      await disk.remove(call.name)
      return undefined
    case 'finish':
      await closed(call.from)
      return await finish(disk, call.from, call.to)
  }
}

function appendable(disk: DiskFiles, name: string): Promise<DiskFile> {
  const opening = open.get(name) ?? disk.open(name)
  open.set(name, opening)
  opening.catch(() => open.delete(name))
  return opening
}

async function closed(name: string) {
  const file = open.get(name)
  open.delete(name)
  await (await file)?.close()
}

async function finish(disk: DiskFiles, from: string, to: string) {
  const log = await disk.read(from)
  if (!log) throw new Error('the recording is not on the disk')
  await disk.remove(to)
  const file = await disk.open(to)
  try {
    const film = await finishRecording(
      log,
      new WritableStream({ write: async ({ data, position }) => await file.write(data, position) }),
    )
    await file.flush()
    return { ...film, bytes: file.size }
  } finally {
    await file.close()
  }
}
