import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { customerFolder } from '../../scripts/outputs.ts'
import { root } from '../../scripts/tools.ts'

/** The real signalling server in a process of its own, on a free port of the loopback, with data that goes with it. */
export type TestServer = {
  /** Its origin, such as `http://localhost:40123`. */
  url: string
  /** Makes the first admin, once. */
  setupLink: string
  pid: number
  /** What it has logged until now, a JSON text each. */
  log: readonly string[]
  /** Stops it and forgets its data. */
  close(): Promise<void>
}

/**
 * @param env as an operator would set it (`signalling/config.ts`), on top of what the test needs.
 * @param signal stops the server too.
 * @throws Error with what the server said, where it did not start.
 */
export async function startTestServer({
  env = {},
  signal,
}: {
  env?: Record<string, string>
  signal?: AbortSignal
} = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskside-data-'))
  const child = spawn(process.execPath, [path.join(root, 'signalling/main.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir, PAGES_DIR: customerFolder, ...env },
  })
  const log: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const close = async () => {
    child.kill()
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
  process.once('exit', () => child.kill())
  signal?.addEventListener('abort', () => void close(), { once: true })

  const { url, setupLink } = await readStart(createInterface({ input: child.stdout }))
  if (url === undefined || setupLink === undefined || child.pid === undefined) {
    await close()
    throw new Error(`The server did not start:\n${log.join('\n')}`)
  }
  return { url, setupLink, pid: child.pid, log, close }
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
