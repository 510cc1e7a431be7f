import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { customerFolder } from '../../scripts/outputs.ts'
import { compiledCode, root } from '../../scripts/tools.ts'

/** The real signalling server in a process of its own, on a free port of the loopback, with data that goes with it. */
export type TestServer = {
  /** Its origin, such as `http://localhost:40123`. */
  url: string
  /** Makes the first admin, once. */
  setupLink: string
  pid: number
  /** Where its database is. */
  dataDir: string
  /** What it has logged until now, a JSON text each. */
  log: readonly string[]
  /** Kills it as a power cut would, then `meanwhile`, then starts it again on the same data and port. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  /** Stops it and forgets its data. */
  close(): Promise<void>
}

/**
 * @param env as an operator would set it (`signalling/config.ts`), on top of what the test needs.
 * @param inside where it runs, as `Place` says.
 * @param signal stops the server too.
 * @throws Error with what the server said, where it did not start.
 */
export async function startTestServer({
  env = {},
  inside = [],
  signal,
}: {
  env?: Record<string, string>
  inside?: readonly string[]
  signal?: AbortSignal
} = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskside-data-'))
  const log: string[] = []
  const launch = (port: string) => spawnServer({ PORT: port, DATA_DIR: dataDir, ...env }, inside, log)
  let running = launch('0')
  const close = async () => {
    running.child.kill()
    await running.ended
    await rm(dataDir, { recursive: true, force: true })
  }
  process.once('exit', () => running.child.kill())
  signal?.addEventListener('abort', () => void close(), { once: true })

  const { url, setupLink } = await readStart(running.lines)
  const { pid } = running.child
  if (url === undefined || setupLink === undefined || pid === undefined) {
    await close()
    throw new Error(`The server did not start:\n${log.join('\n')}`)
  }
  const restart = async (meanwhile?: () => Promise<void>) => {
    running.child.kill('SIGKILL')
    await running.ended
    await meanwhile?.()
    running = launch(new URL(url).port)
    for await (const line of running.lines) if (line.includes('listens on')) return
    throw new Error(`The server did not start again:\n${log.join('\n')}`)
  }
  return { url, setupLink, pid, dataDir, log, restart, close }
}

type Process = { child: ChildProcess; lines: AsyncIterable<string>; ended: Promise<void> }

function spawnServer(env: Record<string, string>, inside: readonly string[], log: string[]): Process {
  const [program = process.execPath, ...args] = [...inside, process.execPath, path.join(root, 'signalling/main.ts')]
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PAGES_DIR: customerFolder, ...compiledCode, ...env },
  })
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return { child, lines: createInterface({ input: child.stdout }), ended }
}

/** The few lines that the server prints for people; it ends with them, or when the server has ended. */
async function readStart(lines: AsyncIterable<string>): Promise<{ url?: string; setupLink?: string }> {
  let url: string | undefined
  for await (const line of lines) {
    url ??= /listens on (\S+)/.exec(line)?.[1]
    const setupLink = /(\S+\/setup#\S+)/.exec(line)?.[1]
    if (url !== undefined && setupLink !== undefined) return { url, setupLink }
  }
  return {}
}
