import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { findCommand } from '../../scripts/browsers.ts'

/** A screen of its own for browsers that must not be headless. `display` is a DISPLAY value, such as `:7`. */
export type Xvfb = { display: string; close(): Promise<void> }

/**
 * Starts an Xvfb on a free display; the signal ends it too.
 * @param size in pixels.
 */
export async function startXvfb({
  size = { width: 1280, height: 800 },
  signal,
}: {
  size?: { width: number; height: number }
  signal?: AbortSignal
} = {}): Promise<Xvfb> {
  const program = findCommand('Xvfb')
  if (program === undefined) throw new Error('No Xvfb was found: run "npm test", which installs it.')
  const screen = `${size.width}x${size.height}x24`
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset']
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], signal, killSignal: 'SIGTERM' })
  // A test run that dies must not leave its screens behind.
  process.once('exit', () => child.kill())
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it had a screen.`)))
  })
  // Once it has a screen, its end is no error, and neither is the signal.
  failed.catch(() => {})
  const number = await Promise.race([firstLine(child.stdio[3] as Readable), failed])
  return {
    display: `:${number}`,
    close: async () => {
      child.kill()
      await ended
    },
  }
}

async function firstLine(stream: Readable): Promise<string> {
  const [line] = await once(createInterface({ input: stream }), 'line')
  return String(line)
}
