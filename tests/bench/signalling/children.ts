import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect as tcpConnect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Done, Order } from './load.ts'
import type { Peer } from './peers/peers.ts'
import type { Usage } from './probe.ts'

export type Server = { port: number; usage(): Promise<Usage> } & AsyncDisposable
export type Load = { order(order: Order): Promise<Done> } & AsyncDisposable

/** Starts a server in a process of its own and waits until it accepts. */
export async function startServer(peer: Peer, signal: AbortSignal): Promise<Server> {
  const port = await freePort()
  const child = fork(peer.script, {
    env: { ...process.env, PORT: String(port), ...peer.env },
    execArgv: ['--expose-gc', '--import', new URL('./probe.ts', import.meta.url).href],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    signal,
  })
  await accepting(port, child)
  return { port, usage: () => ask<Usage>(child, 'usage'), [Symbol.asyncDispose]: () => stop(child) }
}

/** Starts the load generator, which is the same for every server. */
export function startLoad(signal: AbortSignal): Load {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)), { signal })
  return { order: (order) => ask<Done>(child, order), [Symbol.asyncDispose]: () => stop(child) }
}

async function ask<Answer>(child: ChildProcess, question: 'usage' | Order): Promise<Answer> {
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
