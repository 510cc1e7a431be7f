import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { SignedIn } from '../../../../protocol/account.ts'
import { JoinReply, TicketReply } from '../../../../protocol/http.ts'
import type { Token } from '../../../../protocol/ids.ts'
import { PROTOCOL_VERSION } from '../../../../protocol/limits.ts'
import type { Hello, TechnicianToServer } from '../../../../protocol/socket.ts'
import type { Server } from '../children.ts'
import { messageOf, type Pair, seats } from '../seats.ts'
import type { Peer } from './peers.ts'

const AT_ONCE = 8

/** Our own server as operators start it; only what one address may do is raised, since all the load comes from one. */
export const deskside: Peer = {
  name: 'deskside',
  script: new URL('../../../../signalling/main.ts', import.meta.url),
  env: {
    DATA_DIR: 'data',
    PUBLIC_URL: '',
    LOG_LEVEL: 'warn',
    SOCKETS_PER_ADDRESS: '2000',
    MESSAGES_PER_SECOND: '10000',
    REQUESTS_PER_MINUTE: '10000',
    JOINS_PER_MINUTE: '10000',
  },
  async seats(server, rooms) {
    const token = await setUp(server)
    const pairs: Pair[] = []
    let begun = 0
    const worker = async () => {
      while (begun++ < rooms) pairs.push(await openRoom(server, token))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return seats(pairs)
  },
}

/** Well-formed; nothing here opens it. */
const VAULT = {
  publicKey: 'age12c44u5xlkd74a7fj69y64wymdvc53c4x8kayn9xfxcn5uv5u9deq8f2hvu',
  byPassword: 'A'.repeat(200),
  byRecoveryCode: 'B'.repeat(200),
}

/** @returns the first admin's token. */
async function setUp(server: Server): Promise<Token> {
  const setupToken = (await server.line('/setup#')).split('#')[1]
  const account = { name: 'Ada', email: 'ada@example.org', language: 'en', signInKey: base64url(32), vault: VAULT }
  const body = { setupToken, organisation: 'Bench', group: 'Bench', ...account }
  const { token } = await post(server, '/api/setup', body, SignedIn)
  return token
}

/** A ticket with its customer, who has joined, and a technician's window of its own. */
async function openRoom(server: Server, token: Token): Promise<Pair> {
  const { ticket } = await post(server, '/api/tickets', { key: base64url(16) }, TicketReply, token)
  const customer = await post(server, '/api/join', { lookup: ticket.lookup }, JoinReply)
  const common = {
    url: `ws://127.0.0.1:${server.port}/api/socket`,
    welcome: '"welcome"',
    message: messageOf((data) => ({ type: 'relay', ticket: ticket.id, data }) satisfies TechnicianToServer),
    pong: text({ type: 'pong' }),
  }
  return {
    a: { ...common, opening: [hello('technician', token), text({ type: 'attend', ticket: ticket.id, take: false })] },
    b: { ...common, opening: [hello('customer', customer.token)], ready: '"attended"' },
  }
}

function hello(role: Hello['role'], token: Token): string {
  return text({ type: 'hello', version: PROTOCOL_VERSION, role, token })
}

function text(message: Hello | TechnicianToServer): string {
  return JSON.stringify(message)
}

async function post<Schema extends v.GenericSchema>(
  { port }: Server,
  path: string,
  body: object,
  reply: Schema,
  token?: Token,
): Promise<v.InferOutput<Schema>> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return v.parse(reply, await response.json())
}

function base64url(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
