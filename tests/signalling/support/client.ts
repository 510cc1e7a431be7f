import { once } from 'node:events'
import * as v from 'valibot'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { PROTOCOL_VERSION } from '../../../protocol/limits.ts'
import { type Hello, ServerToCustomer, ServerToTechnician } from '../../../protocol/socket.ts'
import { createTicket, join, type Running } from './server.ts'

type FromServer = v.InferOutput<typeof ServerToCustomer> | v.InferOutput<typeof ServerToTechnician>
type OfType<Type extends FromServer['type']> = Extract<FromServer, { type: Type }>

/** A real client: everything that comes is decoded with the protocol's schemas, and kept until a test asks for it. */
export type Client = {
  socket: WebSocket
  /** Text as it is; anything else as JSON. */
  send(message: unknown): void
  /** The next message of this type; those before it that the test did not ask for are dropped. */
  next<Type extends FromServer['type']>(type: Type): Promise<OfType<Type>>
  /** What came so far and was not asked for. */
  seen(): FromServer[]
  /** The raw text of the last message. */
  lastText(): string
  /** Resolves with the close code. */
  closed: Promise<number>
}

const Any = v.union([ServerToCustomer, ServerToTechnician])

export async function connect(server: Pick<Running, 'url'>, headers: Record<string, string> = {}): Promise<Client> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/socket`, { headers })
  onTestFinished(() => socket.terminate())
  const queue: FromServer[] = []
  const arrivals = new EventTarget()
  let text = ''
  socket.on('message', (data: Buffer) => {
    text = data.toString()
    queue.push(v.parse(Any, JSON.parse(text)))
    arrivals.dispatchEvent(new Event('message'))
  })
  const closed = once(socket, 'close').then(([code]) => Number(code))
  closed.then(() => arrivals.dispatchEvent(new Event('message')))
  await once(socket, 'open')

  async function next<Type extends FromServer['type']>(type: Type): Promise<OfType<Type>> {
    for (;;) {
      const message = queue.shift()
      if (isOfType(message, type)) return message
      if (message) continue
      if (socket.readyState === WebSocket.CLOSED) throw new Error(`the socket closed before "${type}" came`)
      await once(arrivals, 'message')
    }
  }

  return {
    socket,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next,
    seen: () => [...queue],
    lastText: () => text,
    closed,
  }
}

/** What is not the news that people came or went, which reaches every technician a second later. */
export function isOfTickets({ type }: FromServer): boolean {
  return type !== 'people'
}

function isOfType<Type extends FromServer['type']>(
  message: FromServer | undefined,
  type: Type,
): message is OfType<Type> {
  return message?.type === type
}

export function helloOf(role: v.InferOutput<typeof Hello>['role'], token: string): object {
  return { type: 'hello', version: PROTOCOL_VERSION, role, token }
}

/** A client that said `hello` and is welcome. */
export async function greet(
  server: Pick<Running, 'url'>,
  role: 'technician' | 'customer',
  token: string,
): Promise<Client> {
  const client = await connect(server)
  client.send(helloOf(role, token))
  await client.next('welcome')
  return client
}

/** A ticket with its technician attending and its customer on the seat. */
export async function meet(server: Running & { token: string }) {
  const ticket = await createTicket(server, server.token)
  const technician = await greet(server, 'technician', server.token)
  technician.send({ type: 'attend', ticket: ticket.id, take: false })
  const joined = await join(server, ticket.lookup)
  const customer = await greet(server, 'customer', joined.token)
  await customer.next('attended')
  await technician.next('presence')
  return { ticket, technician, customer, joined }
}

/** Resolves when the server has noticed that the customer's socket is gone. */
export async function customerGone(technician: Client, ticket: string): Promise<void> {
  for (;;) {
    technician.send({ type: 'relay', ticket, data: 'x' })
    technician.send({ type: 'attend', ticket: '-'.repeat(22), take: false })
    const { refusal } = await technician.next('refused')
    if (refusal.code !== 'nobody-there') continue
    await technician.next('refused')
    return
  }
}
