/**
 * Loaded into each measured server with `--import`: answers what the process has used so far. Needs `--expose-gc`.
 * Only the memory is asked for after a collection: one between two looks at the CPU would throw away compiled code.
 */

export type Question = 'cpu' | 'memory'

process.on('message', (question: Question) => process.send?.(question === 'cpu' ? cpu() : memory()))

/** µs since the process began, all threads. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Live bytes: the heap and what hangs on it. Resident memory moves in steps of megabytes that are nobody's in particular. */
function memory(): number {
  // An ordinary collection leaves megabytes of compiled code and statements for the next one.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
