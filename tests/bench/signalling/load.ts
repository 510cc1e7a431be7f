import { once } from 'node:events'
import { WebSocket } from 'ws'
import { quantile } from '../harness.ts'
import { MESSAGE_BYTES, type Seat } from './seats.ts'

/** The load generator: a process of its own, told by `Order`s over IPC, answering each with `Done`. */
export type Order =
  /** Connects more clients, 64 at a time, until all are welcome. */
  | { kind: 'connect'; seats: Seat[] }
  /** Sends at an even rate, the rooms in turn. */
  | { kind: 'pace'; perSecond: number; messages: number }
  /** As fast as possible: each room sends its next message when the last one has arrived. */
  | { kind: 'flood'; messages: number }
/** `ms` from the first to the last; `p50` and `p99` of the time from send to arrival, in ms (0 for `connect`). */
export type Done = { ms: number; p50: number; p99: number }

/** One direction of one room. */
type Line = { sender: WebSocket; message: string; sentAt: number[] }

const AT_ONCE = 64
const lines: Line[] = []
/** By room: whichever of its two has not met the other yet. */
const alone = new Map<number, { seat: Seat; socket: WebSocket }>()
const readiness: Promise<void>[] = []
let arrived: (line: Line) => void = () => undefined

process.on('message', async (order: Order) => {
  const startedAt = performance.now()
  const latencies = await carryOut(order)
  const ms = performance.now() - startedAt
  const of = (share: number) => (latencies.length === 0 ? 0 : quantile(latencies, share))
  const answer: Done = { ms, p50: of(0.5), p99: of(0.99) }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit())

function carryOut(order: Order): Promise<number[]> {
  switch (order.kind) {
    case 'connect':
      return connect(order.seats)
    case 'pace':
      return pace(order.perSecond, order.messages)
    case 'flood':
      return flood(order.messages)
  }
}

async function connect(seats: Seat[]): Promise<number[]> {
  const waiting = seats.values()
  const worker = async () => {
    for (const seat of waiting) meet(seat, await enter(seat))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return []
}

function meet(seat: Seat, socket: WebSocket): void {
  const other = alone.get(seat.room)
  if (!other) {
    alone.set(seat.room, { seat, socket })
    return
  }
  const [sender, receiver] = seat.sends ? [socket, other.socket] : [other.socket, socket]
  const line: Line = { sender, message: (seat.sends ? seat : other.seat).message, sentAt: [] }
  lines.push(line)
  receiver.on('message', (data: Buffer) => {
    if (data.length >= MESSAGE_BYTES) arrived(line)
  })
}

/** Resolves once the client is welcome. A refusal or a close ends the process: no figure without its clients. */
async function enter({ url, opening, welcome, ready, pong }: Seat): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  const expected = new Map<string, () => void>()
  const told = (part: string) => new Promise<void>((resolve) => expected.set(part, resolve))
  socket.on('message', (data: Buffer) => {
    if (data.length >= MESSAGE_BYTES) return
    const text = data.toString()
    if (text.includes('"refused"')) throw new Error(`refused: ${text}`)
    if (pong && text.includes('"ping"')) socket.send(pong)
    for (const [part, tell] of expected) {
      if (!text.includes(part)) continue
      expected.delete(part)
      tell()
    }
  })
  socket.on('close', (code) => {
    throw new Error(`a client was closed with ${code}`)
  })
  if (ready) readiness.push(told(ready))
  const welcomed = welcome ? told(welcome) : undefined
  await once(socket, 'open')
  for (const text of opening) socket.send(text)
  await welcomed
  return socket
}

function send(line: Line): void {
  line.sentAt.push(performance.now())
  line.sender.send(line.message)
}

function collect(messages: number, next: (line: Line) => void): Promise<number[]> {
  const latencies: number[] = []
  return new Promise((resolve) => {
    arrived = (line) => {
      const sentAt = line.sentAt.shift()
      if (sentAt === undefined) throw new Error('a message arrived that nobody sent')
      latencies.push(performance.now() - sentAt)
      if (latencies.length === messages) resolve(latencies)
      next(line)
    }
  })
}

async function pace(perSecond: number, messages: number): Promise<number[]> {
  await Promise.all(readiness)
  const all = collect(messages, () => undefined)
  const startedAt = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(messages, Math.floor(((performance.now() - startedAt) * perSecond) / 1000))
    for (; sent < due; sent++) {
      const line = lines[sent % lines.length]
      if (line) send(line)
    }
  }, 1)
  const latencies = await all
  clearInterval(timer)
  return latencies
}

async function flood(messages: number): Promise<number[]> {
  await Promise.all(readiness)
  let sent = 0
  const next = (line: Line) => {
    if (sent === messages) return
    sent++
    send(line)
  }
  const all = collect(messages, next)
  for (const line of lines) next(line)
  return all
}
