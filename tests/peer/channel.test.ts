import { type Duplex, duplexPair } from 'node:stream'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Channel, type ChannelOptions, type LinkMessage, openChannel, type Transport } from '../../peer/channel.ts'
import { encodeFrame, type Frame, type FrameType } from '../../peer/frames.ts'
import type { LinkError } from '../../peer/link-error.ts'
import { MAX_FRAME_PAYLOAD, PROTOCOL_VERSION } from '../../protocol/limits.ts'
import { type Chat, CustomerToTechnician, type LinkHello, TechnicianToCustomer } from '../../protocol/link.ts'

const HELLO: LinkHello = { type: 'hello', version: PROTOCOL_VERSION, share: true }
const CHAT: Chat = { type: 'chat', id: 'Y2hhdGNoYXRjaGF0Y2hhdA', text: 'Bonjour, ça va ?', at: 1 }

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

type Heard = {
  hellos: LinkHello[]
  messages: LinkMessage[]
  frames: Frame[]
  failures: LinkError['reason'][]
  times: number
}
type Side = Heard & { channel: Channel }

function open(transport: Duplex, incoming: ChannelOptions<LinkMessage>['incoming'], hello = HELLO): Side {
  const heard: Heard = { hellos: [], messages: [], frames: [], failures: [], times: 0 }
  const channel = openChannel({
    transport: copying(transport),
    incoming,
    hello,
    onHello: (greeting) => heard.hellos.push(greeting),
    onMessage: (message) => heard.messages.push(message),
    onFrame: (frame) => heard.frames.push(frame),
    onHeard: () => heard.times++,
    onFailure: ({ reason }) => heard.failures.push(reason),
    signal: life.signal,
  })
  return Object.assign(heard, { channel })
}

/** A browser's channel has copied what was written when it says so. */
function copying(transport: Duplex): Transport {
  return {
    write: (bytes, written) => transport.write(bytes.slice(), written),
    on: (event, receive) => transport.on(event, receive),
  }
}

function bothSides() {
  const [left, right] = duplexPair({ objectMode: true })
  return { technician: open(left, CustomerToTechnician), customer: open(right, TechnicianToCustomer), left, right }
}

/** A technician's channel with the bare transport of whoever is at the other end. */
function withStranger() {
  const [left, stranger] = duplexPair({ objectMode: true })
  const technician = open(left, CustomerToTechnician)
  let sequence = 0
  const say = (type: FrameType, payload: string | Uint8Array, stream = 0) => {
    const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
    stranger.write(encodeFrame({ sequence: sequence++, type, stream, payload: bytes }))
  }
  return { technician, stranger, say }
}

describe('two sides', () => {
  test('greet each other and talk in both directions', async () => {
    const { technician, customer } = bothSides()
    technician.channel.send(CHAT)
    technician.channel.send({ type: 'screen-set-mode', mode: 'speed' })
    customer.channel.send({ type: 'screen', state: { kind: 'not-shared', why: 'not-yet' } })
    await vi.waitFor(() => expect(customer.messages).toEqual([CHAT, { type: 'screen-set-mode', mode: 'speed' }]))
    await vi.waitFor(() => expect(technician.messages.length).toBe(1))
    expect([technician.hellos, customer.hellos]).toEqual([[HELLO], [HELLO]])
    expect([technician.failures, customer.failures]).toEqual([[], []])
  })

  test('bytes of streams arrive whole, in order, between the messages', async () => {
    const { technician, customer } = bothSides()
    const pieces = Array.from({ length: 20 }, (_, i) => new Uint8Array(MAX_FRAME_PAYLOAD).fill(i))
    for (const piece of pieces) await technician.channel.sendFrame('file', 300, piece)
    technician.channel.send(CHAT)
    await vi.waitFor(() => expect(customer.messages).toEqual([CHAT]))
    expect(customer.frames.map(({ stream, payload }) => [stream, payload[0], payload.length])).toEqual(
      pieces.map((_, i) => [300, i, MAX_FRAME_PAYLOAD]),
    )
  })

  test('a piece is not done before the transport has taken it', async () => {
    const [left, right] = duplexPair({ objectMode: true, highWaterMark: 1 })
    const { channel } = open(left, CustomerToTechnician)
    let done = 0
    for (let i = 0; i < 10; i++) void channel.sendFrame('file', 1, new Uint8Array(10)).then(() => done++)
    await new Promise(setImmediate)
    expect(done).toBeLessThan(10)
    right.resume()
    await vi.waitFor(() => expect(done).toBe(10))
  })

  test('a piece that waits is refused when the link ends', async () => {
    const [left] = duplexPair({ objectMode: true, highWaterMark: 1 })
    const { channel } = open(left, CustomerToTechnician)
    const sending = Promise.all([1, 2, 3].map((n) => channel.sendFrame('board', n, new Uint8Array(1))))
    life.abort(new Error('over'))
    await expect(sending).rejects.toThrow('over')
  })
})

describe('what a side may say, and the other may not', () => {
  const blocked = { kind: 'blocked' } as const
  const ways = { direct: blocked, 'turn-udp': blocked, 'turn-tcp': blocked, 'turn-tls': blocked, server: blocked }
  const both: LinkMessage[] = [
    { type: 'checkup', checkup: { at: 1, ways } },
    CHAT,
    { type: 'chat-received', id: CHAT.id },
    { type: 'bye' },
  ]
  const technicians: LinkMessage[] = [
    { type: 'hand-over' },
    { type: 'screen-set-mode', mode: 'speed' },
    { type: 'screen-set-mode', mode: 'quality' },
  ]
  const customers: LinkMessage[] = [{ type: 'screen', state: { kind: 'not-shared', why: 'declined' } }]

  test('all of it arrives as it was said', async () => {
    const { technician, customer } = bothSides()
    for (const message of [...both, ...technicians]) technician.channel.send(message)
    for (const message of [...both, ...customers]) customer.channel.send(message)
    await vi.waitFor(() => expect(customer.messages).toEqual([...both, ...technicians]))
    await vi.waitFor(() => expect(technician.messages).toEqual([...both, ...customers]))
  })

  test.each(technicians)('a customer who says $type loses the link', async (message) => {
    const { technician, customer } = bothSides()
    customer.channel.send(message)
    await vi.waitFor(() => expect(technician.failures).toEqual(['bad-frame']))
    expect(technician.messages).toEqual([])
  })

  test.each(customers)('a technician who says $type loses the link', async (message) => {
    const { technician, customer } = bothSides()
    technician.channel.send(message)
    await vi.waitFor(() => expect(customer.failures).toEqual(['bad-frame']))
    expect(customer.messages).toEqual([])
  })
})

describe('the heartbeat', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })

  test('is heard once a second on a quiet link', async () => {
    const { technician, customer } = bothSides()
    for (let second = 0; second < 30; second++) {
      await vi.advanceTimersByTimeAsync(1000)
      await new Promise(setImmediate)
    }
    // The hello as well.
    expect([technician.times, customer.times]).toEqual([31, 31])
    expect([technician.failures, customer.failures]).toEqual([[], []])
  })

  test('ends with the link', async () => {
    const { customer } = bothSides()
    await vi.advanceTimersByTimeAsync(1000)
    life.abort()
    expect(vi.getTimerCount()).toBe(0)
    expect(customer.failures).toEqual([])
  })
})

describe('a side that breaks the rules loses the link', () => {
  const hello = JSON.stringify(HELLO)
  type Say = ReturnType<typeof withStranger>['say']
  test.each<[string, LinkError['reason'], (say: Say, stranger: Duplex) => void]>([
    ['no hello first', 'bad-frame', (say) => say('control', JSON.stringify(CHAT))],
    ['bytes before the hello', 'bad-frame', (say) => say('file', new Uint8Array(1), 1)],
    ['a second hello', 'bad-frame', (say) => [hello, hello].map((text) => say('control', text))],
    [
      'another version',
      'version',
      (say) => say('control', JSON.stringify({ ...HELLO, version: PROTOCOL_VERSION + 1 })),
    ],
    [
      'a message with more in it',
      'bad-frame',
      (say) => [hello, '{"type":"bye","x":1}'].map((text) => say('control', text)),
    ],
    ['no JSON', 'bad-frame', (say) => say('control', '{"type":')],
    ['no UTF-8', 'bad-frame', (say) => say('control', Uint8Array.of(0x22, 0xff, 0x22))],
    ['text instead of bytes', 'bad-frame', (_say, stranger) => stranger.write(hello)],
    [
      'a frame left out',
      'bad-frame',
      (_say, stranger) =>
        stranger.write(encodeFrame({ sequence: 1, type: 'beat', stream: 0, payload: new Uint8Array(0) })),
    ],
    ['too large a frame', 'bad-frame', (_say, stranger) => stranger.write(new Uint8Array(MAX_FRAME_PAYLOAD + 8))],
  ])('%s', async (_what, reason, act) => {
    const { technician, stranger, say } = withStranger()
    act(say, stranger)
    await vi.waitFor(() => expect(technician.failures).toEqual([reason]))
    say('control', JSON.stringify(CHAT))
    await new Promise(setImmediate)
    expect(technician.failures).toEqual([reason])
    expect(technician.messages).toEqual([])
  })

  test('who floods, however well-formed, is cut off before the page chokes', async () => {
    const { technician, say } = withStranger()
    say('control', hello)
    for (let i = 0; i < 5000; i++) say('control', JSON.stringify(CHAT))
    await vi.waitFor(() => expect(technician.failures).toEqual(['bad-frame']))
    expect(technician.messages.length).toBeLessThan(1000)
  })

  test('a day’s talk in one go is no flood', async () => {
    const { technician, say } = withStranger()
    say('control', hello)
    for (let i = 0; i < 900; i++) say('control', JSON.stringify(CHAT))
    await vi.waitFor(() => expect(technician.messages.length).toBe(900))
    expect(technician.failures).toEqual([])
  })

  test('whatever the bytes are, framed or not, at most the link ends', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 })
    const framed = bytes.map((payload) => encodeFrame({ sequence: 0, type: 'control', stream: 0, payload }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, framed), async (piece) => {
        const { technician, stranger } = withStranger()
        stranger.write(new Uint8Array(piece))
        await new Promise(setImmediate)
        expect(technician.failures).toEqual(['bad-frame'])
        expect(technician.messages).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
