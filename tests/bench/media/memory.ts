import { readdir, readFile } from 'node:fs/promises'

/** Of Linux: what a process and all that it started hold in memory of their own, in bytes. Shared programs and libraries are nobody's. */
export async function ownMemory(root: number): Promise<number> {
  const processes = new Map<number, { parent: number; bytes: number }>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // It may have ended meanwhile.
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    const kilobytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    const bytes = (kilobytes('RssAnon') + kilobytes('RssShmem')) * 1024
    processes.set(Number(name), { parent: kilobytes('PPid'), bytes })
  }
  const isOfRoot = (id: number | undefined): boolean =>
    id === root || (id !== undefined && id > 1 && isOfRoot(processes.get(id)?.parent))
  let bytes = 0
  for (const [id, own] of processes) if (isOfRoot(id)) bytes += own.bytes
  return bytes
}

/** The most that they hold while `work` runs, above what they held before. */
export async function peakMemory(root: number, work: () => Promise<number>): Promise<{ ms: number; bytes: number }> {
  const before = await ownMemory(root)
  let peak = before
  let over = false
  const watching = (async () => {
    while (!over) {
      peak = Math.max(peak, await ownMemory(root))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  try {
    const ms = await work()
    return { ms, bytes: Math.max(peak, await ownMemory(root)) - before }
  } finally {
    over = true
    await watching
  }
}
