/** Loaded into each measured server with `--import`: answers what the process has used so far. Needs `--expose-gc`. */

/** CPU in µs since the process began, all threads; resident memory in bytes after a full collection. */
export type Usage = { cpu: number; rss: number }

process.on('message', (question) => {
  if (question !== 'usage') return
  const { user, system } = process.cpuUsage()
  // The last resort also gives free pages back: what was only used while clients were made must not hide what they cost.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() } satisfies Usage)
})
