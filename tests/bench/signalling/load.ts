import { WebSocket } from 'ws'
import { quantile } from '../harness.ts'
import { MESSAGE_BYTES, type Room, type Seat } from './seats.ts'

/** The load generator: a process of its own, told by `Order`s over IPC, answering each with `Done`. */
export type Order =
  /** Connects every client, 64 at a time, until all are welcome. */
  | { kind: 'connect'; rooms: Room[] }
  /** Sends at an even rate, the rooms in turn. */
  | { kind: 'pace'; perSecond: number; messages: number }
  /** As fast as possible: each room sends its next message when the last one has arrived. */
  | { kind: 'flood'; messages: number }
/** `ms` from the first to the last; `p50` and `p99` of the time from send to arrival, in ms (0 for `connect`). */
export type Done = { ms: number; p50: number; p99: number }

type Line = { sender: WebSocket; message: string; sentAt: number[] }

const AT_ONCE = 64
const lines: Line[] = []
let arrived: (line: Line) => void = () => undefined

process.on('message', async (order: Order) => {
  const startedAt = performance.now()
  const latencies = await carryOut(order)
  const ms = performance.now() - startedAt
  const answer: Done =
    latencies.length === 0
      ? { ms, p50: 0, p99: 0 }
      : {
          ms,
          p50: quantile(latencies, 0.5),
          p99: quantile(latencies, 0.99),
        }
  process.send?.(answer)
})
process.on('disconnect', () => process.exit())

function carryOut(order: Order): Promise<number[]> {
  switch (order.kind) {
    case 'connect':
      return connect(order.rooms)
    case 'pace':
      return pace(order.perSecond, order.messages)
    case 'flood':
      return flood(order.messages)
  }
}

async function connect(rooms: Room[]): Promise<number[]> {
  const waiting = rooms.values()
  const worker = async () => {
    for (const room of waiting) {
      const [sender, receiver] = await Promise.all([enter(room.from), enter(room.to)])
      const line: Line = { sender, message: room.from.message, sentAt: [] }
      lines.push(line)
      receiver.on('message', (data: Buffer) => {
        if (data.length >= MESSAGE_BYTES) arrived(line)
      })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE / 2 }, worker))
  return []
}

/** Resolves once the client is welcome. From here on an unexpected close ends the process: no figure without its clients. */
function enter(seat: Seat): Promise<WebSocket> {
  const socket = new WebSocket(seat.url, { perMessageDeflate: false })
  const awaits = new Set(seat.awaits)
  return new Promise((resolve) => {
    socket.on('open', () => {
      for (const text of seat.opening) socket.send(text)
      if (awaits.size === 0) resolve(socket)
    })
    socket.on('message', (data: Buffer) => {
      if (data.length >= MESSAGE_BYTES) return
      const text = data.toString()
      if (text.includes('"refused"')) throw new Error(`refused: ${text}`)
      if (seat.pong && text.includes('"ping"')) socket.send(seat.pong)
      for (const part of awaits) if (text.includes(part)) awaits.delete(part)
      if (awaits.size === 0) resolve(socket)
    })
    socket.on('close', (code) => {
      throw new Error(`a client was closed with ${code}`)
    })
    socket.on('error', (error) => {
      throw error
    })
  })
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
