import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { JoinReply, type Me, SignedInReply, TicketReply } from '../../../protocol/http.ts'
import type { Token } from '../../../protocol/ids.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import { type Config, readConfig } from '../../../signalling/config.ts'
import type { Limits } from '../../../signalling/limits.ts'
import { startServer } from '../../../signalling/server.ts'

export const SIGN_IN_KEY = 'k'.repeat(43)
export const EMAIL = 'ada@example.org'

export type Reply = { status: number; headers: Headers; body: unknown }
export type Running = {
  url: string
  setupToken: string | undefined
  config: Config
  close(): Promise<void>
  /** Sends `body` as JSON by POST, or asks by GET where there is none. */
  ask(path: string, body?: unknown, token?: string, headers?: Record<string, string>): Promise<Reply>
}

/** An empty folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskside-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The real server on a free port, stopped with the test. */
export async function serve(
  options: { environment?: Record<string, string>; limits?: Partial<Limits> } = {},
): Promise<Running> {
  const dataDir = options.environment?.DATA_DIR ?? (await temporaryFolder())
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...options.environment, DATA_DIR: dataDir })
  const config = { ...read, limits: { ...read.limits, ...options.limits } }
  const { url, setupLink, close } = await startServer(config)
  onTestFinished(close)
  return { url, setupToken: setupLink?.split('#')[1], config, close, ask: asker(url) }
}

export function asker(url: string): Running['ask'] {
  return async (path, body, token, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
}

export function setupBody(setupToken: string | undefined): Record<string, string | undefined> {
  return { setupToken, organisation: 'Example', name: 'Ada', email: EMAIL, signInKey: SIGN_IN_KEY }
}

/** Uses the setup link. */
export async function setUp(server: Running): Promise<{ token: Token; me: Me }> {
  const { body } = await server.ask('/api/setup', setupBody(server.setupToken))
  return v.parse(SignedInReply, body)
}

/** A server that is set up, with its admin signed in. */
export async function serveReady(
  options: Parameters<typeof serve>[0] = {},
): Promise<Running & { token: Token; me: Me }> {
  const server = await serve(options)
  return { ...server, ...(await setUp(server)) }
}

export async function createTicket(server: Running, token: string): Promise<TicketHeader> {
  const key = randomBytes(16).toString('base64url')
  const { body } = await server.ask('/api/tickets', { key }, token)
  return v.parse(TicketReply, body).ticket
}

export async function join(server: Running, lookup: string, resume?: string): Promise<JoinReply> {
  const { body } = await server.ask('/api/join', { lookup, ...(resume !== undefined && { resume }) })
  return v.parse(JoinReply, body)
}
