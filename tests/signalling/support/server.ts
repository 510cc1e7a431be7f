import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { Me, SignedIn } from '../../../protocol/account.ts'
import { JoinReply, type TicketChange, TicketReply } from '../../../protocol/http.ts'
import type { GroupId, TechnicianId, Token } from '../../../protocol/ids.ts'
import { Group, PeopleReply } from '../../../protocol/people.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import { type Config, readConfig } from '../../../signalling/config.ts'
import type { Limits } from '../../../signalling/limits.ts'
import { startServer } from '../../../signalling/server.ts'
import { hashToken } from '../../../signalling/tokens.ts'
import { environmentOf, execute, makeDatabase, makeLastingDatabase, type Row, rowsIn, textOf } from './database.ts'
import { vaultOf } from './vault.ts'

export { execute } from './database.ts'

export const SIGN_IN_KEY = 'k'.repeat(43)
export const EMAIL = 'ada@example.org'

export type Reply = { status: number; headers: Headers; body: unknown }
export type Running = {
  url: string
  setupToken: string | undefined
  config: Config
  close(): Promise<void>
  /** Puts the end of a ticket's time into the past. */
  backdate(ticket: string): Promise<void>
  /** Changes the database behind the server's back. */
  sql(statement: string): Promise<void>
  /** What one `select` finds in it. */
  rows(select: string): Promise<Row[]>
  /** Every byte of the data folder and of the database (its journal included), one character each. */
  databaseText(): Promise<string>
  /** Takes tables away that the server needs. */
  breakDatabase(): Promise<void>
  /** Sends `body` as JSON by POST, or asks by GET where there is none. */
  ask(path: string, body?: unknown, token?: string, headers?: Record<string, string>): Promise<Reply>
}

/** An empty folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The real server on a free port, stopped with the test. */
export async function serve(
  options: { environment?: Record<string, string>; limits?: Partial<Limits> } = {},
): Promise<Running> {
  const dataDir = options.environment?.DATA_DIR ?? (await temporaryFolder())
  await makeDatabase(dataDir)
  const environment = { ...environmentOf(dataDir), ...options.environment, DATA_DIR: dataDir }
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environment })
  const config = { ...read, limits: { ...read.limits, ...options.limits } }
  const { port, setupLink, close } = await startServer(config)
  onTestFinished(close)
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    setupToken: setupLink?.split('#')[1],
    config,
    close,
    backdate: (ticket) => execute(dataDir, `update tickets set expires_at = 1 where id = '${ticket}'`),
    sql: (statement) => execute(dataDir, statement),
    rows: (select) => rowsIn(dataDir, select),
    databaseText: () => textOf(dataDir),
    breakDatabase: () =>
      execute(dataDir, 'alter table instance rename to gone; alter table tickets rename to gone_too'),
    ask: asker(url),
  }
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

export function setupBody(setupToken: string | undefined): Record<string, unknown> {
  const admin = { name: 'Ada', email: EMAIL, language: 'en', signInKey: SIGN_IN_KEY, vault: vaultOf() }
  return { setupToken, organisation: 'Example', group: 'Support', ...admin }
}

/** Uses the setup link. */
export async function setUp(server: Pick<Running, 'ask' | 'setupToken'>): Promise<SignedIn> {
  const { body } = await server.ask('/api/setup', setupBody(server.setupToken))
  return v.parse(SignedIn, body)
}

/** The same server for whoever asks, before anybody did something with it. */
type Prepared<Value> = { dataDir: string; value: Value }
const prepared = new Map<string, Promise<Prepared<unknown>>>()

async function prepare<Value>(fill: (server: FreshServer) => Promise<Value>): Promise<Prepared<Value>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskside-test-'))
  await makeLastingDatabase(dataDir)
  const { setupLink, port, close } = await startServer(
    readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...environmentOf(dataDir), DATA_DIR: dataDir }),
  )
  const url = `http://127.0.0.1:${port}`
  const sql = (statement: string) => execute(dataDir, statement)
  const value = await fill({ url, ask: asker(url), sql, setupToken: setupLink?.split('#')[1] })
  await close()
  return { dataDir, value }
}

export type FreshServer = Pick<Running, 'url' | 'ask' | 'sql' | 'setupToken'>

/**
 * A server that `fill` has prepared. That is done once for each process of tests and each `name`, and copied: every account costs a
 * hash that is slow on purpose, and most tests need not wait for it.
 */
export async function servePrepared<Value>(
  name: string,
  fill: (server: FreshServer) => Promise<Value>,
  options: Parameters<typeof serve>[0] = {},
): Promise<Running & Value> {
  if (!prepared.has(name)) prepared.set(name, prepare(fill))
  const { dataDir: from, value } = (await prepared.get(name)) as Prepared<Value>
  const dataDir = options.environment?.DATA_DIR ?? (await temporaryFolder())
  await cp(from, dataDir, { recursive: true })
  await makeDatabase(dataDir, from)
  const server = await serve({ ...options, environment: { ...options.environment, DATA_DIR: dataDir } })
  return { ...server, ...value }
}

/** A server that is set up, with its admin signed in. */
export async function serveReady(
  options: { environment?: Record<string, string>; limits?: Partial<Limits> } = {},
): Promise<Running & { token: Token; me: Me }> {
  return await servePrepared('set up', setUp, options)
}

export const newKey = () => randomBytes(16).toString('base64url')

/** The first group that a technician sees. */
export async function firstGroup(server: Pick<Running, 'ask'>, token: string): Promise<GroupId> {
  const { body } = await server.ask('/api/people', undefined, token)
  const [group] = v.parse(PeopleReply, body).groups
  if (!group) throw new Error('this technician sees no group')
  return group.id
}

/** A ticket in the technician's first group; without an assignee it is the technician's own. */
export async function createTicket(
  server: Pick<Running, 'ask'>,
  token: string,
  assignee?: TechnicianId | null,
): Promise<TicketHeader> {
  const me = v.parse(Me, (await server.ask('/api/me', undefined, token)).body)
  const ask = {
    key: newKey(),
    group: await firstGroup(server, token),
    assignee: assignee === undefined ? me.id : assignee,
  }
  const { body } = await server.ask('/api/tickets', ask, token)
  return v.parse(TicketReply, body).ticket
}

/** Asks for a change; without a version, of the ticket as it is now. */
export async function change(
  server: Pick<Running, 'ask'>,
  token: string | undefined,
  { id, version }: Pick<TicketHeader, 'id' | 'version'>,
  what: TicketChange,
  key: string = newKey(),
): Promise<Reply> {
  return await server.ask(`/api/tickets/${id}/changes`, { version, key, change: what }, token)
}

export async function join(server: Pick<Running, 'ask'>, lookup: string, resume?: string): Promise<JoinReply> {
  const { body } = await server.ask('/api/join', { lookup, ...(resume !== undefined && { resume }) })
  return v.parse(JoinReply, body)
}

/**
 * Another account, signed in, in the first group, by an invitation that is put into the database: the mail is not what most tests
 * are about.
 */
export async function addColleague(
  server: Pick<Running, 'ask' | 'sql'>,
  admin: boolean,
  email: string = `${randomBytes(6).toString('hex')}@example.org`,
): Promise<SignedIn> {
  const token = randomBytes(32).toString('base64url')
  const id = randomBytes(16).toString('base64url')
  const now = Date.now()
  await server.sql(`
    insert into invitations
      (id, email, token_hash, admin, two_step, language, inviter, created_at, expires_at, delivery)
    select '${id}', '${email}', '${hashToken(token)}', ${Number(admin)}, 0, 'en', id, ${now}, ${now + 60_000}, 'sent'
    from "user" order by "createdAt" limit 1;
    insert into invitation_groups select '${id}', id from groups order by created_at limit 1`)
  const account = { name: 'Grace', language: 'en', signInKey: SIGN_IN_KEY, vault: vaultOf(1) }
  const { body } = await server.ask('/api/invitations/redeem', { token, ...account })
  return v.parse(SignedIn, body)
}

/** A second group, with one who is in it alone. */
export async function otherGroup(server: Awaited<ReturnType<typeof serveReady>>) {
  const { body } = await server.ask('/api/groups', { name: 'Workshop' }, server.token)
  const { id } = v.parse(Group, body)
  const colleague = await addColleague(server, false)
  const move = { technicians: [colleague.me.id], add: [id], remove: [await firstGroup(server, server.token)] }
  await server.ask('/api/technicians/groups', move, server.token)
  return { id, colleague }
}
