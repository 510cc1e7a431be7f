import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { createServer, connect as tcpConnect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Done, Order } from './load.ts'
import type { Peer } from './peers/peers.ts'
import type { Question } from './probe.ts'

export type Server = {
  port: number
  /** Its working directory, which goes with it. */
  folder: string
  /** CPU in µs, or live memory in bytes. */
  used(what: Question): Promise<number>
  /** The first line of the server's output that contains `part`. */
  line(part: string): Promise<string>
} & AsyncDisposable
export type Load = { order(order: Order): Promise<Done> } & AsyncDisposable

/** Starts a server in a process and a folder of its own and waits until it accepts. */
export async function startServer(peer: Peer, signal: AbortSignal): Promise<Server> {
  await using started = new AsyncDisposableStack()
  const folder = started.use(await mkdtempDisposable(join(tmpdir(), 'deskside-bench-')))
  const port = await freePort()
  const child = fork(peer.script, {
    cwd: folder.path,
    env: { ...process.env, PORT: String(port), ...peer.env },
    execArgv: ['--expose-gc', '--import', new URL('./probe.ts', import.meta.url).href],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    signal,
  })
  started.defer(() => stop(child))
  child.on('error', outcomeTells)
  const { stdout } = child
  if (!stdout) throw new Error('the server has no output')
  const lines: string[] = []
  const output = createInterface(stdout).on('line', (line) => lines.push(line))
  await accepting(port, child)
  const running = started.move()
  return {
    port,
    folder: folder.path,
    used: (what) => ask<number>(child, what),
    async line(part) {
      for (;;) {
        const found = lines.find((line) => line.includes(part))
        if (found !== undefined) return found
        await once(output, 'line', { signal })
      }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Starts the load generator, which is the same for every server. */
export function startLoad(signal: AbortSignal): Load {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), { signal })
  child.on('error', outcomeTells)
  return { order: (order) => ask<Done>(child, order), [Symbol.asyncDispose]: () => stop(child) }
}

/** An interrupted child reports an error of its own; whoever asks it something learns of its end anyway. */
function outcomeTells(): void {}

async function ask<Answer>(child: ChildProcess, question: Question | Order): Promise<Answer> {
  const answered = new AbortController()
  const died = once(child, 'exit', { signal: answered.signal }).then(([code]) => {
    throw new Error(`the process ended with ${code} before it answered`)
  })
  const answer = once(child, 'message', { signal: answered.signal })
  child.send(question)
  try {
    const [message] = await Promise.race([answer, died])
    return message
  } finally {
    answered.abort()
    await Promise.allSettled([died, answer])
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

async function accepting(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it listened`)
    const socket = tcpConnect(port, '127.0.0.1')
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    socket.destroy()
    if (open) return
    await delay(20)
  }
}
