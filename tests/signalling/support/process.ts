import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { compiledCode } from '../../../scripts/tools.ts'
import { asker, type Running } from './server.ts'

const MAIN = fileURLToPath(new URL('../../../signalling/main.ts', import.meta.url))

export type Process = { child: ChildProcess; out(): string; err(): string; exited: Promise<number | NodeJS.Signals> }

/** `node signalling/main.ts` in a process of its own, with nothing in its environment but this, and where Node keeps compiled code. */
export function spawnMain(environment: Record<string, string>): Process {
  const child = spawn(process.execPath, [MAIN], {
    env: { PORT: '0', ...compiledCode, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const text = { out: '', err: '' }
  child.stdout.on('data', (piece) => {
    text.out += piece
  })
  child.stderr.on('data', (piece) => {
    text.err += piece
  })
  const exited = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { child, out: () => text.out, err: () => text.err, exited }
}

export type Up = Process & Pick<Running, 'url' | 'ask' | 'setupToken'>

/** Waits until it listens, as a person would: by reading what it prints. */
export async function startMain(environment: Record<string, string>): Promise<Up> {
  const started = spawnMain(environment)
  const dead = started.exited.then((code) => {
    throw new Error(`the server ended with ${code}: ${started.err()}`)
  })
  dead.catch(() => undefined)
  for (;;) {
    const [, port] = /^Deskside listens on http:\/\/localhost:(\d+)\n/m.exec(started.out()) ?? []
    if (port !== undefined && started.child.stdout) {
      const url = `http://127.0.0.1:${port}`
      const setupToken = /^Setup link \(works once\): http:\/\/localhost:\d+\/setup#([\w-]{43})$/m.exec(
        started.out(),
      )?.[1]
      return { ...started, url, setupToken, ask: asker(url) }
    }
    await Promise.race([once(started.child.stdout ?? started.child, 'data'), dead])
  }
}
