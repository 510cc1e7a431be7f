import { setTimeout as delay } from 'node:timers/promises'

/**
 * Loaded into each measured server with `--import`: answers what the process has used so far. Needs `--expose-gc`.
 * Only the memory is asked for after a collection: one between two looks at the CPU would throw away compiled code.
 */

export type Question = 'cpu' | 'memory'

process.on('message', async (question: Question) => {
  process.send?.(question === 'cpu' ? cpu() : await memory())
})

/** µs since the process began, all threads. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Live bytes: the heap and what hangs on it. Resident memory moves in steps of megabytes that are nobody's in particular. */
async function memory(): Promise<number> {
  // What a collection finalises is free only for the next one.
  for (let collection = 0; collection < 3; collection++) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    await delay(100)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
