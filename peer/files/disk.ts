import type { DiskAnswer, DiskCall } from './disk-calls.ts'

/** A file that is written from its beginning to its end. Each call rejects with what the disk says, under its own name. */
export type DiskFile = {
  /** Takes the bytes with all of their buffer. @returns them when they are written: they may be used again */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  close(): Promise<void>
}

/** Files of the browser's own disk, written by a worker that runs while one of them is open. */
export type Disk = { open(handle: FileSystemFileHandle): Promise<DiskFile> }

export function createDisk(): Disk {
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array<ArrayBuffer> | undefined>>()
  const open = new Set<number>()
  let worker: Worker | undefined
  let last = 0

  function start(): Worker {
    const started = new Worker(new URL('./disk-worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data: { id, bytes, failed } }: MessageEvent<DiskAnswer>) => {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (failed) asked?.reject(Object.assign(new Error(failed.message), { name: failed.name }))
      else asked?.resolve(bytes)
    })
    started.addEventListener('error', () => {
      if (worker !== started) return
      for (const asked of waiting.values()) asked.reject(new Error('the worker for files did not start'))
      waiting.clear()
      // What could not be loaded, as while the server is away, may be there for the next file.
      worker = undefined
    })
    return started
  }

  function ask(call: DiskCall): Promise<Uint8Array<ArrayBuffer> | undefined> {
    worker ??= start()
    last += 1
    const asked = Promise.withResolvers<Uint8Array<ArrayBuffer> | undefined>()
    waiting.set(last, asked)
    worker.postMessage({ id: last, call }, call.kind === 'write' ? [call.bytes.buffer] : [])
    return asked.promise
  }

  function over(file: number) {
    open.delete(file)
    if (open.size > 0) return
    worker?.terminate()
    worker = undefined
  }

  return {
    async open(handle) {
      last += 1
      const file = last
      open.add(file)
      try {
        await ask({ kind: 'open', file, handle })
      } catch (error) {
        over(file)
        throw error
      }
      return {
        async write(bytes) {
          const back = await ask({ kind: 'write', file, bytes })
          if (!back) throw new Error('the bytes did not come back')
          return back
        },
        async close() {
          if (!open.has(file)) return
          try {
            await ask({ kind: 'close', file })
          } finally {
            over(file)
          }
        },
      }
    },
  }
}
