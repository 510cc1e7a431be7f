import type { DiskAnswer, DiskCall } from './disk-calls.ts'

/** Writes to the browser's own disk in place, which only a worker may: a page's writes would each go through another process first. */

/** Lib.dom does not know it: it is in workers only. */
type SyncHandle = { write(bytes: Uint8Array<ArrayBuffer>): number; close(): void }
type SyncFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }

const open = new Map<number, SyncHandle>()
/** Opening takes a while; what is written behind it waits for it. */
let turn: Promise<unknown> = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<{ id: number; call: DiskCall }>) => {
  const { id, call } = data
  turn = turn.then(async () => {
    try {
      const bytes = await run(call)
      answer({ id, bytes })
    } catch (cause) {
      const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
      answer({ id, failed: { name, message } })
    }
  })
})

function answer(answered: DiskAnswer) {
  postMessage(answered, { transfer: answered.bytes ? [answered.bytes.buffer] : [] })
}

async function run(call: DiskCall): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (call.kind === 'open') {
    open.set(call.file, await (call.handle as SyncFile).createSyncAccessHandle())
    return undefined
  }
  const handle = open.get(call.file)
  if (!handle) throw new Error('the file is not open')
  if (call.kind === 'close') {
    open.delete(call.file)
    handle.close()
    return undefined
  }
  if (handle.write(call.bytes) < call.bytes.length) {
    throw new DOMException('the disk took a part only', 'QuotaExceededError')
  }
  return call.bytes
}
