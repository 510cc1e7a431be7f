import { once } from 'node:events'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws'
import { ticketRelay } from '../../peer/relay.ts'
import { openSignalling, type SignallingState } from '../../peer/signalling.ts'
import { sleep } from '../../peer/sleep.ts'
import type { Refusal } from '../../protocol/errors.ts'
import { Token } from '../../protocol/ids.ts'
import { MAX_SOCKET_MESSAGE, PROTOCOL_VERSION, SILENCE_MS } from '../../protocol/limits.ts'
import { ServerToCustomer } from '../../protocol/socket.ts'
import { OTHER_TICKET, TICKET } from './support.ts'

const TOKEN = v.parse(Token, 'token-of-sixteen-characters')
const WELCOME = { type: 'welcome', now: 1 }

/** A socket server that welcomes whoever comes, unless told otherwise, and keeps what it hears. */
let server: WebSocketServer
let sockets: ServerSocket[]
let heard: unknown[]
let greeting: object
let life: AbortController

beforeEach(async () => {
  sockets = []
  heard = []
  greeting = WELCOME
  life = new AbortController()
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => {
    sockets.push(socket)
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      heard.push(message)
      if (message.type === 'hello') socket.send(JSON.stringify(greeting))
    })
  })
  await once(server, 'listening')
})

afterEach(async () => {
  vi.useRealTimers()
  life.abort()
  for (const socket of sockets) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
})

function connect() {
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the server has no port')
  const states: SignallingState[] = []
  const messages: { type: string }[] = []
  const network = new EventTarget()
  const signalling = openSignalling({
    url: `ws://127.0.0.1:${address.port}/api/socket`,
    role: 'customer',
    hears: ServerToCustomer,
    token: TOKEN,
    onState: (state) => states.push(state),
    signal: life.signal,
    network,
  })
  signalling.onMessage((message) => messages.push(message), life.signal)
  const kinds = () => states.map(({ kind }) => kind)
  return { signalling, states, messages, kinds, online: () => network.dispatchEvent(new Event('online')) }
}

const say = (message: object) => sockets.at(-1)?.send(JSON.stringify(message))

test('says hello with role and token, and is open once welcomed', async () => {
  const { kinds, signalling } = connect()
  expect(signalling.send({ type: 'leave' })).toBe(false)
  await vi.waitFor(() => expect(kinds()).toEqual(['connecting', 'open']))
  expect(heard).toEqual([{ type: 'hello', version: PROTOCOL_VERSION, role: 'customer', token: TOKEN }])
  expect(signalling.send({ type: 'leave' })).toBe(true)
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ type: 'leave' }))
})

test('tells who sends through it that the way is there again: after a welcome, and when the other side is there', async () => {
  const { signalling } = connect()
  let ready = 0
  ticketRelay(signalling, TICKET).onReady(() => ready++, life.signal)
  await vi.waitFor(() => expect(ready).toBe(1))
  say({ type: 'attended', technician: 'Ada', who: 'A'.repeat(22) })
  await vi.waitFor(() => expect(ready).toBe(2))
})

test('answers pings by itself and passes the rest on', async () => {
  const { messages } = connect()
  await vi.waitFor(() => expect(messages).toEqual([WELCOME]))
  say({ type: 'ping' })
  say({ type: 'attended', technician: 'Ada', who: 'A'.repeat(22) })
  await vi.waitFor(() => expect(messages.at(-1)).toEqual({ type: 'attended', technician: 'Ada', who: 'A'.repeat(22) }))
  expect(heard.at(-1)).toEqual({ type: 'pong' })
  expect(messages.length).toBe(2)
})

test('a ticket’s relay sends and hears its own ticket only', async () => {
  const { signalling, kinds, messages } = connect()
  const received: string[] = []
  const relay = ticketRelay(signalling, TICKET)
  relay.onData((data) => received.push(data), life.signal)
  expect(relay.send('early')).toBe(false)
  await vi.waitFor(() => expect(kinds()).toContain('open'))
  expect(relay.send('hello')).toBe(true)
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ type: 'relay', ticket: TICKET, data: 'hello' }))
  say({ type: 'relay', ticket: OTHER_TICKET, data: 'not ours' })
  say({ type: 'relay', ticket: TICKET, data: 'ours' })
  await vi.waitFor(() => expect(messages.length).toBe(3))
  expect(received).toEqual(['ours'])
})

describe('comes back', () => {
  test('when the server closes, by itself', async () => {
    const { kinds } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    sockets[0]?.close()
    await vi.waitFor(
      () => expect(kinds()).toEqual(['connecting', 'open', 'waiting-to-retry', 'connecting', 'open']),
      5000,
    )
  })

  test('at once when the network is there again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { kinds, online } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    sockets[0]?.terminate()
    await vi.waitFor(() => expect(kinds().at(-1)).toBe('waiting-to-retry'))
    online()
    await vi.waitFor(() => expect(kinds()).toEqual(['connecting', 'open', 'waiting-to-retry', 'connecting', 'open']))
  })

  test('after a silence', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { kinds } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    await vi.advanceTimersByTimeAsync(SILENCE_MS)
    await vi.waitFor(() => expect(kinds().at(-1)).toBe('waiting-to-retry'))
  })

  test('at once when a doubt is right: the server does not say that it is there', async () => {
    const { kinds, signalling } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    signalling.doubt()
    signalling.doubt()
    await vi.waitFor(() => expect(kinds()).toEqual(['connecting', 'open', 'connecting', 'open']), 5000)
    expect(heard).toMatchObject([{ type: 'hello' }, { type: 'ping' }, { type: 'hello' }])
  })

  test('when a doubt is right although the server is still heard: it hears nothing any more', async () => {
    const { kinds, signalling } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    signalling.doubt()
    const [first] = sockets
    const talk = setInterval(
      () => first?.send(JSON.stringify({ type: 'relay', ticket: TICKET, data: 'on and on' })),
      200,
    )
    await vi.waitFor(() => expect(kinds()).toEqual(['connecting', 'open', 'connecting', 'open']), 5000)
    clearInterval(talk)
  })

  test('not when a doubt is wrong, as after a network that only seemed to change', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { kinds, messages, online } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    const behind = { type: 'relay', ticket: TICKET, data: 'behind the pong' }
    sockets[0]?.on('message', () => {
      say({ type: 'pong' })
      say(behind)
    })
    online()
    await vi.waitFor(() => expect(messages).toEqual([WELCOME, behind]))
    expect(heard.at(-1)).toEqual({ type: 'ping' })
    await vi.advanceTimersByTimeAsync(SILENCE_MS / 2)
    expect(kinds()).toEqual(['connecting', 'open'])
  })

  test('not where the way to the server is long: an answer may take twice what the welcome took', async () => {
    server.removeAllListeners('connection')
    server.on('connection', (socket) => {
      sockets.push(socket)
      socket.on('message', (data) => {
        const { type } = JSON.parse(data.toString())
        const answer = type === 'hello' ? greeting : { type: 'pong' }
        setTimeout(() => socket.send(JSON.stringify(answer)), type === 'hello' ? 1000 : 1700)
      })
    })
    const { kinds, signalling } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'), 3000)
    signalling.doubt()
    await sleep(1900, life.signal)
    expect(kinds()).toEqual(['connecting', 'open'])
  })

  test.each<[string, string]>([
    ['garbage', '{"type":'],
    ['a message of the other role', JSON.stringify({ type: 'attended-elsewhere', ticket: TICKET })],
    ['a message that is too large', JSON.stringify({ type: 'attended', technician: 'x'.repeat(MAX_SOCKET_MESSAGE) })],
  ])('after %s, which costs the server the socket and the page nothing', async (_what, text) => {
    const { kinds, messages } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    sockets[0]?.send(text)
    await vi.waitFor(() => expect(kinds()).toContain('waiting-to-retry'))
    expect(messages).toEqual([WELCOME])
  })

  test('no sooner than the server allows', async () => {
    greeting = { type: 'refused', refusal: { code: 'too-many', retryAfterMs: 60_000 } }
    const { states } = connect()
    await vi.waitFor(() => expect(states.at(-1)?.kind).toBe('waiting-to-retry'))
    const last = states.at(-1)
    expect(last?.kind === 'waiting-to-retry' && last.at - Date.now()).toBeGreaterThan(55_000)
  })
})

describe('does not come back', () => {
  test.each<Refusal['code']>(['unauthenticated', 'version', 'code-in-use'])(
    'when its hello is refused: %s',
    async (code) => {
      greeting = { type: 'refused', refusal: { code } }
      const { states, online } = connect()
      await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'refused', refusal: { code } }))
      online()
      await new Promise(setImmediate)
      expect(sockets.length).toBe(1)
      expect(states.length).toBe(2)
    },
  )

  test('when another tab has taken its seat: the two would throw each other out for ever', async () => {
    const { kinds, states } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    const refusal = { code: 'code-in-use', about: 'hello' } as const
    say({ type: 'refused', refusal })
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'refused', refusal }))
    expect(sockets.length).toBe(1)
  })

  test('when its signal is aborted', async () => {
    const { kinds, signalling } = connect()
    await vi.waitFor(() => expect(kinds()).toContain('open'))
    const closed = sockets[0] && once(sockets[0], 'close')
    life.abort()
    await closed
    expect(kinds()).toEqual(['connecting', 'open'])
    expect(signalling.send({ type: 'leave' })).toBe(false)
  })
})

test('a refusal after the welcome is news, not the end', async () => {
  const { messages, kinds } = connect()
  await vi.waitFor(() => expect(kinds()).toContain('open'))
  const refused = { type: 'refused', refusal: { code: 'nobody-there', about: 'relay' } }
  say(refused)
  await vi.waitFor(() => expect(messages.at(-1)).toEqual(refused))
  expect(kinds()).toEqual(['connecting', 'open'])
})
