import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Files and folders that a build reads, and what it writes; `output` is one file that every finished build has. */
export type Traces = { inputs: string[]; output: string; stamp: string }

/** True where the output or its stamp is missing, or an input is newer than the beginning of the last finished build. */
export async function isStale({ inputs, output, stamp }: Traces): Promise<boolean> {
  const [built, there] = await Promise.all([changedAt(stamp), changedAt(output)])
  if (built === undefined || there === undefined) return true
  for (const input of inputs) {
    if ((await newest(input)) > built) return true
  }
  return false
}

/** Runs the build and leaves the stamp only when it has come to its end. */
export async function stamped({ stamp }: Traces, build: () => Promise<void>): Promise<void> {
  const begun = new Date()
  await rm(stamp, { force: true })
  await build()
  await mkdir(path.dirname(stamp), { recursive: true })
  await writeFile(stamp, '')
  await utimes(stamp, begun, begun)
}

/** Folders count with their own times: they change when a file in them goes. */
async function newest(input: string): Promise<number> {
  const own = (await changedAt(input)) ?? 0
  const entries = await readdir(input, { recursive: true, withFileTypes: true }).catch(() => [])
  const times = await Promise.all(entries.map((entry) => changedAt(path.join(entry.parentPath, entry.name))))
  return times.reduce<number>((latest, time) => Math.max(latest, time ?? 0), own)
}

async function changedAt(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.mtimeMs
}
