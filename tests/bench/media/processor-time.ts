import { readdir, readFile } from 'node:fs/promises'

/** Of Linux: so many ticks are one second. */
const TICKS_A_SECOND = 100

/** What a process and all that it started have used of the processor until now, in seconds. */
export async function processorSeconds(root: number): Promise<number> {
  const processes = new Map<number, { parent: number; ticks: number }>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // It may have ended meanwhile.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined)
    // The name in brackets may hold anything, spaces too.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields)
      processes.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) })
  }
  const isOfRoot = (id: number | undefined): boolean =>
    id === root || (id !== undefined && id > 1 && isOfRoot(processes.get(id)?.parent))
  let ticks = 0
  for (const [id, own] of processes) if (isOfRoot(id)) ticks += own.ticks
  return ticks / TICKS_A_SECOND
}
