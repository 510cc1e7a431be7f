import type { Finished, MediaBytes } from './media-bytes.ts'
import type { Answer, Call } from './worker-calls.ts'

/** The bytes by way of a worker, which is started when it is first needed. */
export function workerBytes(until: AbortSignal): MediaBytes {
  const waiting = new Map<number, PromiseWithResolvers<Answer['value']>>()
  let worker: Worker | undefined
  let last = 0

  function start(): Worker {
    const started = new Worker(new URL('./media-worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const { id, value, failed } = data
      const asked = waiting.get(id)
      waiting.delete(id)
      // Under its own name: whether the disk is full is seen by it.
      if (failed) asked?.reject(Object.assign(new Error(failed.message), { name: failed.name }))
      else asked?.resolve(value)
    })
    started.addEventListener('error', () => {
      for (const asked of waiting.values()) asked.reject(new Error('the media worker did not start'))
      waiting.clear()
    })
    until.addEventListener('abort', () => started.terminate(), { once: true })
    return started
  }

  async function ask(call: Call): Promise<Answer['value']> {
    until.throwIfAborted()
    worker ??= start()
    last += 1
    const asked = Promise.withResolvers<Answer['value']>()
    waiting.set(last, asked)
    worker.postMessage({ id: last, call })
    return await asked.promise
  }

  return {
    write: async (name, bytes) => void (await ask({ kind: 'write', name, bytes })),
    append: async (name, bytes) => void (await ask({ kind: 'append', name, bytes })),
    read: async (name) => {
      const read = await ask({ kind: 'read', name })
      return read instanceof Blob ? read : undefined
    },
    move: async (name, to) => void (await ask({ kind: 'move', name, to })),
    remove: async (name) => void (await ask({ kind: 'remove', name })),
    // The worker answers each call with its own value.
    finish: async (from, to) => (await ask({ kind: 'finish', from, to })) as Finished,
  }
}
