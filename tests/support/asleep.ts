import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'puppeteer'

/** Stops all processes of a browser, as a computer that is closed does. @returns what wakes them */
export function putToSleep(browser: Browser): () => void {
  const pid = browser.process()?.pid
  if (pid === undefined) throw new Error('The browser was not started here.')
  const all = [pid, ...childrenOf(pid, parents())]
  for (const one of all) process.kill(one, 'SIGSTOP')
  return () => {
    for (const one of all) process.kill(one, 'SIGCONT')
  }
}

function childrenOf(pid: number, known: ReadonlyMap<number, number>): number[] {
  return [...known].flatMap(([child, parent]) => (parent === pid ? [child, ...childrenOf(child, known)] : []))
}

/** Of each process the one that started it. */
function parents(): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      // `pid (name) state parent …`; a name may have brackets in it.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      found.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has just ended.
    }
  }
  return found
}
