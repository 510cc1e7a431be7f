import { readdir, readFile } from 'node:fs/promises'

/** Memory of this browser's pages that is not a file's, in MiB: of all its renderer processes together. Linux. */
export async function pagesMemory(browser: number): Promise<number> {
  let kilobytes = 0
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (!command.includes('--type=renderer')) continue
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(() => '')
    if (!(await isOf(Number(name), browser))) continue
    for (const kind of ['RssAnon', 'RssShmem']) {
      kilobytes += Number(new RegExp(`^${kind}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    }
  }
  return kilobytes / 1024
}

/** Renderers are children of the browser's zygote. */
async function isOf(process: number, browser: number): Promise<boolean> {
  for (let id = process; id > 1; ) {
    if (id === browser) return true
    const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')
    id = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0)
  }
  return false
}
