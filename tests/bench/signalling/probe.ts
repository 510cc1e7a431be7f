/** Loaded into each measured server with `--import`: answers what the process has used so far. Needs `--expose-gc`. */

/** CPU in µs since the process began, all threads; resident memory in bytes after a full collection. */
export type Usage = { cpu: number; rss: number }

process.on('message', (question) => {
  if (question !== 'usage') return
  const { user, system } = process.cpuUsage()
  globalThis.gc?.()
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() } satisfies Usage)
})
