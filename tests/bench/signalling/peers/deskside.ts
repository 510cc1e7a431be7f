import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { JoinReply, SignedInReply, TicketReply } from '../../../../protocol/http.ts'
import type { TicketId, Token } from '../../../../protocol/ids.ts'
import { PROTOCOL_VERSION } from '../../../../protocol/limits.ts'
import type { Hello, TechnicianToServer } from '../../../../protocol/socket.ts'
import { messageOf, pair, type Seat } from '../seats.ts'
import type { Peer } from './peers.ts'

const AT_ONCE = 8

/** Our own server as operators start it; only what one address may do is raised, since all the load comes from one. */
export const deskside: Peer = {
  name: 'deskside',
  script: new URL('../../../../signalling/main.ts', import.meta.url),
  env: {
    LOG_LEVEL: 'warn',
    SOCKETS_PER_ADDRESS: '2000',
    MESSAGES_PER_SECOND: '10000',
    REQUESTS_PER_MINUTE: '10000',
    JOINS_PER_MINUTE: '10000',
  },
  async rooms(server, count) {
    const origin = `http://127.0.0.1:${server.port}`
    const setupToken = (await server.line('/setup#')).split('#')[1]
    const account = { organisation: 'Bench', name: 'Ada', email: 'ada@example.org', signInKey: base64url(32) }
    const { token } = await post(`${origin}/api/setup`, { setupToken, ...account }, SignedInReply)

    const tickets: { ticket: TicketId; customer: Token }[] = []
    let begun = 0
    const worker = async () => {
      while (begun++ < count) {
        const { ticket } = await post(`${origin}/api/tickets`, { key: base64url(16) }, TicketReply, token)
        const joined = await post(`${origin}/api/join`, { lookup: ticket.lookup }, JoinReply)
        tickets.push({ ticket: ticket.id, customer: joined.token })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))

    const seat = (ticket: TicketId, opening: object[], awaits: string[]): Seat => ({
      url: `ws://127.0.0.1:${server.port}/api/socket`,
      opening: opening.map((message) => JSON.stringify(message)),
      awaits,
      message: messageOf((data) => ({ type: 'relay', ticket, data }) satisfies TechnicianToServer),
      pong: JSON.stringify({ type: 'pong' } satisfies TechnicianToServer),
    })
    return tickets.map(({ ticket, customer }, room) =>
      pair(
        room,
        seat(
          ticket,
          [hello('technician', token), { type: 'attend', ticket, take: false } satisfies TechnicianToServer],
          ['"welcome"'],
        ),
        // Only who is told of the technician may relay.
        seat(ticket, [hello('customer', customer)], ['"welcome"', '"attended"']),
      ),
    )
  },
}

function hello(role: Hello['role'], token: Token): Hello {
  return { type: 'hello', version: PROTOCOL_VERSION, role, token }
}

async function post<Schema extends v.GenericSchema>(
  url: string,
  body: object,
  reply: Schema,
  token?: Token,
): Promise<v.InferOutput<Schema>> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return v.parse(reply, await response.json())
}

function base64url(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
