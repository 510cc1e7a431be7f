import * as v from 'valibot'
import type { Refusal } from '../../protocol/errors.ts'
import { MeshHello } from '../../protocol/mesh.ts'
import { Hello } from '../../protocol/socket.ts'
import { meshHello } from '../mesh/hello.ts'
import { meshMessages } from '../mesh/table.ts'
import type { Handlers, Outcome, Somebody } from '../messages/handler.ts'
import { HELLO_MAX_BYTES, hello } from '../messages/hello.ts'
import { relayAtOnce } from '../messages/relay.ts'
import { customerMessages, technicianMessages } from '../messages/table.ts'
import type { Services } from '../services.ts'
import { msUntilNext, spend } from './bucket.ts'
import { expel } from './expel.ts'
import type { Connection, MeshStranger } from './peer.ts'
import { tellRefused } from './send.ts'

const EARLY = { abortEarly: true } as const
/** Refusals that tell of a client that does not keep to the protocol, or tries doors. */
const STRIKES = new Set<Refusal['code']>(['malformed', 'too-large', 'too-many', 'forbidden'])

/** What came on a socket: counted, decoded with the union of its role, handled in order. */
export function receive(services: Services, connection: Connection, bytes: Buffer, isBinary: boolean): void {
  if (connection.peer.kind === 'gone') return
  const now = Date.now()
  connection.heardAt = now
  if (!spend(connection.messages, now)) {
    refuse(services, connection, { code: 'too-many', retryAfterMs: msUntilNext(connection.messages) })
  } else if (isBinary) {
    refuse(services, connection, { code: 'malformed' })
  } else if (connection.working) {
    wait(services, connection, bytes)
  } else {
    work(services, connection, bytes)
  }
}

/** Starts on a message; one that has to wait for the database holds up those behind it. */
function work(services: Services, connection: Connection, bytes: Buffer): Promise<void> | undefined {
  const outcome = handle(services, connection, bytes)
  if (!(outcome instanceof Promise)) {
    if (outcome) refuse(services, connection, outcome)
    return undefined
  }
  const working = settle(services, connection, outcome).finally(() => {
    if (connection.working === working) connection.working = undefined
  })
  connection.working = working
  return working
}

function wait(services: Services, connection: Connection, bytes: Buffer): void {
  const { waitingMessages, waitingBytes } = services.config.limits
  if (connection.waiting >= waitingMessages || connection.waitingBytes + bytes.length > waitingBytes) {
    refuse(services, connection, { code: 'too-many', retryAfterMs: 1_000 })
    return
  }
  connection.waiting += 1
  connection.waitingBytes += bytes.length
  const next = async () => {
    connection.waiting -= 1
    connection.waitingBytes -= bytes.length
    const outcome = connection.peer.kind === 'gone' ? undefined : handle(services, connection, bytes)
    await settle(services, connection, outcome)
  }
  const working = (connection.working ?? Promise.resolve()).then(next).finally(() => {
    if (connection.working === working) connection.working = undefined
  })
  connection.working = working
}

async function settle(services: Services, connection: Connection, outcome: Outcome | Promise<Outcome>): Promise<void> {
  try {
    const refusal = await outcome
    if (refusal) refuse(services, connection, refusal)
  } catch (error) {
    services.log.error({ err: error }, 'a socket message failed')
    refuse(services, connection, { code: 'unavailable' })
  }
}

function handle(services: Services, connection: Connection, bytes: Buffer): Outcome | Promise<Outcome> {
  const { peer } = connection
  switch (peer.kind) {
    case 'technician':
      if (relayAtOnce(services.live, peer, bytes)) return undefined
      return dispatch(services, technicianMessages, peer, parse(bytes), bytes)
    case 'customer':
      if (relayAtOnce(services.live, peer, bytes)) return undefined
      return dispatch(services, customerMessages, peer, parse(bytes), bytes)
    case 'mesh':
      return dispatch(services, meshMessages, peer, parse(bytes), bytes)
    case 'mesh-stranger':
      return greetOrHold(services, connection, peer, bytes)
    case 'stranger': {
      if (bytes.length > HELLO_MAX_BYTES) return { code: 'too-large', about: 'hello' }
      const read = v.safeParse(Hello, parse(bytes), EARLY)
      return read.success ? hello(services, connection, read.output) : { code: 'malformed', about: 'hello' }
    }
    case 'gone':
      return undefined
  }
}

/** y-webrtc speaks as soon as the socket is open: that is kept, and read in its order once the `hello` is accepted. */
function greetOrHold(
  services: Services,
  connection: Connection,
  peer: MeshStranger,
  bytes: Buffer,
): Outcome | Promise<Outcome> {
  const message = parse(bytes)
  if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'hello') {
    const read = v.safeParse(MeshHello, message, EARLY)
    return read.success ? greet(services, connection, peer, read.output) : { code: 'malformed', about: 'hello' }
  }
  const { heldMessages, heldBytes } = services.config.limits
  peer.heldBytes += bytes.length
  if (peer.held.length >= heldMessages || peer.heldBytes > heldBytes) return { code: 'too-many', about: 'hello' }
  peer.held.push(bytes)
  return undefined
}

async function greet(
  services: Services,
  connection: Connection,
  { held }: MeshStranger,
  message: MeshHello,
): Promise<Outcome> {
  const refusal = await meshHello(services, connection, message)
  if (refusal) return refusal
  for (const bytes of held) {
    const outcome = connection.peer.kind === 'gone' ? undefined : handle(services, connection, bytes)
    await settle(services, connection, outcome)
  }
  return undefined
}

/** Decodes with the schema of the message's own type: what the role's union would do, without trying the others. */
function dispatch<Message extends { type: string }, Peer extends Somebody>(
  services: Services,
  handlers: Handlers<Message, Peer>,
  from: Peer,
  message: unknown,
  bytes: Buffer,
): Outcome | Promise<Outcome> {
  if (!hasTypeOf(handlers, message)) return { code: 'malformed' }
  const { schema, maxBytes, handle } = handlers[message.type]
  if (bytes.length > maxBytes) return { code: 'too-large', about: message.type }
  const read = v.safeParse(schema, message, EARLY)
  return read.success ? handle(services, from, read.output, bytes) : { code: 'malformed', about: message.type }
}

function hasTypeOf<Message extends { type: string }, Peer extends Somebody>(
  handlers: Handlers<Message, Peer>,
  message: unknown,
): message is { type: Message['type'] } {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false
  return typeof message.type === 'string' && Object.hasOwn(handlers, message.type)
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

/** A stranger goes at once, anybody else when there were too many strikes. */
function refuse({ live }: Pick<Services, 'live'>, connection: Connection, refusal: Refusal): void {
  if (connection.peer.kind === 'gone') return
  const over = STRIKES.has(refusal.code) && !spend(connection.strikes, Date.now())
  const { kind } = connection.peer
  if (over || kind === 'stranger' || kind === 'mesh-stranger') expel(live, connection, refusal)
  else tellRefused(connection, refusal)
}
