import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { vi } from 'vitest'
import { findCommand } from '../../scripts/browsers.ts'

/** What every desktop has: without it no window is known by its name, and none can be shared alone. */
export type WindowManager = {
  /** Resolves once a window has this in its title, which follows that of its page after a while. */
  has(title: string): Promise<void>
}

export function startWindowManager({ display, signal }: { display: string; signal: AbortSignal }): WindowManager {
  const env = { ...process.env, DISPLAY: display }
  const child = spawn(need('openbox'), ['--sm-disable'], { stdio: 'ignore', env, signal, killSignal: 'SIGTERM' })
  // The signal's end of it is no error.
  child.once('error', () => {})
  process.once('exit', () => child.kill())
  return {
    has: (title) =>
      vi.waitFor(
        async () => {
          const { stdout } = await promisify(execFile)(need('wmctrl'), ['-l'], { env })
          if (!stdout.includes(title)) throw new Error(`No window is called ${title}. There are:\n${stdout}`)
        },
        { timeout: 15_000, interval: 100 },
      ),
  }
}

function need(name: string): string {
  const program = findCommand(name)
  if (program === undefined) throw new Error(`No ${name} was found: run "npm test", which installs it.`)
  return program
}
