import { signal } from '@preact/signals'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { caseConsents } from '../../../desk/case/case-consents.ts'
import { caseHistory } from '../../../desk/case/case-document.ts'
import { caseTransfers } from '../../../desk/case/case-transfers.ts'
import type { Connection, Wire } from '../../../desk/server/wire.ts'
import { type Attendance, attend } from '../../../desk/session/attendance.ts'
import type { KeptCall } from '../../../desk/session/kept-call.ts'
import { type Attempts, NO_ATTEMPTS } from '../../../peer/attempts.ts'
import { pairAsCustomer } from '../../../peer/handshake.ts'
import { openInbox } from '../../../peer/inbox.ts'
import type { TicketRelay } from '../../../peer/relay.ts'
import { NO_FILE_RULES } from '../../../protocol/file-rules.ts'
import { type Secret, TechnicianId } from '../../../protocol/ids.ts'
import { HANDSHAKE_MS, MAX_WRONG_SECRETS } from '../../../protocol/limits.ts'
import type { ServerToTechnician, TechnicianToServer } from '../../../protocol/socket.ts'
import { memoryAttempts, OTHER_TICKET, SECRET, TICKET, WRONG } from '../../peer/support.ts'
import { inSession, offline, waiting } from '../queue/samples.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

type Heard = Exclude<ServerToTechnician, { type: 'welcome' | 'ping' }>

/** The socket in memory: what the desk says, a way to say something to it, and the customer's end of the relay. */
function memoryWire() {
  const sent: TechnicianToServer[] = []
  const desk = new Set<(message: Heard) => void>()
  const customer = new Set<(data: string) => void>()
  const connection = signal<Connection>({ kind: 'open' })
  const hear = (message: Heard) => {
    for (const receive of [...desk]) receive(message)
  }
  const wire: Wire = {
    connection,
    connect() {},
    retryNow() {},
    doubt() {},
    send(message) {
      sent.push(message)
      if (message.type === 'relay') for (const receive of [...customer]) queueMicrotask(() => receive(message.data))
      return true
    },
    onMessage(receive, until) {
      desk.add(receive)
      until.addEventListener('abort', () => desk.delete(receive))
    },
  }
  const relay: TicketRelay = {
    send(data) {
      queueMicrotask(() => hear({ type: 'relay', ticket: TICKET, data }))
      return true
    },
    onData(receive, until) {
      customer.add(receive)
      until.addEventListener('abort', () => customer.delete(receive))
    },
    onReady() {},
    doubt() {},
  }
  return { wire, sent, hear, relay, connection }
}

function begin(attempts: Attempts = NO_ATTEMPTS, takeSeat = false, callBefore?: KeptCall) {
  const memory = memoryWire()
  const store = memoryAttempts(attempts)
  const kept = new Y.Doc()
  const me = v.parse(TechnicianId, 'marie')
  const history = caseHistory(kept, me)
  const dead = vi.fn()
  const attendance = attend({
    ticket: TICKET,
    secret: SECRET,
    wire: memory.wire,
    fileRules: signal(NO_FILE_RULES),
    inOtherCall: () => false,
    callBefore: Promise.resolve(callBefore),
    board: () => ({ part() {}, over() {} }),
    document: () => ({
      ...history,
      consents: caseConsents(kept),
      transfers: caseTransfers(kept, me),
      loaded: Promise.resolve(),
      read: async () => {},
    }),
    media: { read: async () => undefined, keepPicture: () => Promise.reject(new Error('no picture is sent here')) },
    attempts: (changed) => ({
      read() {
        changed(store.now)
        return store.now
      },
      write(next) {
        store.write(next)
        changed(next)
      },
    }),
    iceServers: async () => ({ iceServers: [], expiresAt: 0 }),
    takeSeat,
    onDead: dead,
    signal: life.signal,
  })
  const of = (type: TechnicianToServer['type']) => memory.sent.filter((message) => message.type === type)
  return { ...memory, attendance, store, history, dead, of }
}

const becomes = (attendance: Attendance, state: unknown) =>
  vi.waitFor(() => expect(attendance.state.value).toMatchObject(state as object), { timeout: 5000 })

function guess(relay: TicketRelay, secret: Secret) {
  const { signal } = life
  const inbox = openInbox(relay, signal)
  const attempts = memoryAttempts()
  return pairAsCustomer({ ticket: TICKET, secret, relay, inbox, signal, attempts, onWait() {} })
}

describe('who comes', () => {
  test('is attended at once, and only once', async () => {
    const { attendance, of } = begin()
    attendance.follow(offline)
    expect(of('attend')).toEqual([])
    attendance.follow(waiting(10))
    attendance.follow(waiting(10))
    expect(attendance.state.value).toEqual({ kind: 'pairing' })
    expect(of('attend')).toEqual([{ type: 'attend', ticket: TICKET, take: false }])
    await vi.waitFor(() => expect(of('relay').length).toBeGreaterThan(0))
  })

  test('and goes again before the code was proven leaves nothing behind', async () => {
    const { attendance, of } = begin()
    attendance.follow(waiting(10))
    await vi.waitFor(() => expect(of('relay').length).toBeGreaterThan(0))
    attendance.follow(offline)
    expect(attendance.state.value).toEqual({ kind: 'none' })
    attendance.follow(waiting(20))
    expect(attendance.state.value).toEqual({ kind: 'pairing' })
  })

  test('with the right secret is paired; a link that breaks is made again by itself', async () => {
    const { attendance, relay, store, of } = begin()
    const states: string[] = []
    attendance.state.subscribe(({ kind }) => states.push(kind))
    attendance.follow(waiting(10))
    await guess(relay, SECRET)
    // Here there is no WebRTC: the dial fails as a broken line does.
    await vi.waitFor(() => expect(states.join(' ')).toMatch(/connecting over pairing/), 5000)
    expect(store.now).toEqual(NO_ATTEMPTS)
    expect(of('turn-away')).toEqual([])
  })
})

describe('a wrong secret', () => {
  test('is counted, and its customer turned away with the time of the next attempt', async () => {
    const { attendance, relay, of, store } = begin()
    attendance.follow(waiting(10))
    guess(relay, WRONG).catch(() => {})
    await becomes(attendance, { kind: 'over', why: 'wrong-secret' })
    expect(store.now.wrong).toBe(1)
    expect(attendance.attempts.value.wrong).toBe(1)
    expect(of('turn-away')).toEqual([
      { type: 'turn-away', ticket: TICKET, reason: 'wrong-secret', retryAfterMs: expect.any(Number) },
    ])
  })

  test('the same customer is not asked again, the next one is, after the wait', async () => {
    const { attendance, relay } = begin()
    attendance.follow(waiting(10))
    guess(relay, WRONG).catch(() => {})
    await becomes(attendance, { kind: 'over' })
    attendance.follow(offline)
    expect(attendance.state.value.kind).toBe('over')
    attendance.follow(waiting(20))
    await becomes(attendance, { kind: 'held' })
  })

  test('the tenth kills the code', async () => {
    const { attendance, relay, of, dead } = begin({ wrong: MAX_WRONG_SECRETS - 1, last: 0 })
    attendance.follow(waiting(10))
    guess(relay, WRONG).catch(() => {})
    await becomes(attendance, { kind: 'over', why: 'dead-code' })
    expect(of('turn-away')).toEqual([{ type: 'turn-away', ticket: TICKET, reason: 'dead-code' }])
    expect(dead).toHaveBeenCalledOnce()
  })

  test('a dead code is answered to nobody', async () => {
    const { attendance, of, dead } = begin({ wrong: MAX_WRONG_SECRETS, last: 0 })
    await vi.waitFor(() => expect(attendance.attempts.value.wrong).toBe(MAX_WRONG_SECRETS))
    attendance.follow(waiting(10))
    expect(dead).toHaveBeenCalledOnce()
    expect(of('attend')).toEqual([])
  })
})

describe('a customer who does not answer', () => {
  test('may have a page that is still loading: it is tried again, and a late one is answered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const { attendance, of, relay } = begin()
    attendance.follow(waiting(10))
    await vi.advanceTimersByTimeAsync(HANDSHAKE_MS + 100)
    expect(attendance.state.value).toMatchObject({ kind: 'over', why: 'timeout' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(attendance.state.value).toEqual({ kind: 'pairing' })
    const paired = guess(relay, SECRET)
    // Its first words came before the page did: they are said again.
    await vi.advanceTimersByTimeAsync(1000)
    await expect(paired).resolves.toHaveProperty('keys')
    expect(of('turn-away')).toEqual([])
  })

  test('again and again loses the seat, and the next one is attended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const { attendance, of } = begin()
    attendance.follow(waiting(10))
    for (const pause of [1000, 2000, 0]) {
      expect(of('turn-away')).toEqual([])
      await vi.advanceTimersByTimeAsync(HANDSHAKE_MS + 100)
      expect(attendance.state.value).toMatchObject({ kind: 'over', why: 'timeout' })
      await vi.advanceTimersByTimeAsync(pause)
    }
    expect(of('turn-away')).toEqual([{ type: 'turn-away', ticket: TICKET, reason: 'no-answer' }])
    // The server tells of the seat as it was, then of the customer's leaving.
    attendance.follow(inSession(15))
    attendance.follow(waiting(10))
    expect(attendance.state.value.kind).toBe('over')
    attendance.follow(waiting(30))
    expect(attendance.state.value.kind).toBe('pairing')
  })
})

describe('another browser of the same technician', () => {
  test('takes the customer, until this one takes over', () => {
    const { attendance, hear, of } = begin()
    attendance.follow(waiting(10))
    hear({ type: 'attended-elsewhere', ticket: TICKET })
    expect(attendance.state.value).toEqual({ kind: 'elsewhere' })
    attendance.follow(waiting(20))
    expect(attendance.state.value).toEqual({ kind: 'elsewhere' })
    attendance.takeOver()
    expect(attendance.state.value).toEqual({ kind: 'pairing' })
    expect(of('attend').at(-1)).toEqual({ type: 'attend', ticket: TICKET, take: true })
  })

  test('has the seat already: nobody is turned away, and another ticket is none of this one', () => {
    const { attendance, hear, of } = begin()
    attendance.follow(waiting(10))
    hear({ type: 'refused', refusal: { code: 'attended-elsewhere', about: 'attend', ticket: OTHER_TICKET } })
    expect(attendance.state.value.kind).toBe('pairing')
    hear({ type: 'refused', refusal: { code: 'attended-elsewhere', about: 'attend', ticket: TICKET } })
    expect(attendance.state.value).toEqual({ kind: 'elsewhere' })
    expect(of('turn-away')).toEqual([])
  })

  test('of a tab that took the lead, the seat is taken too', () => {
    const { attendance, of } = begin(NO_ATTEMPTS, true)
    attendance.follow(waiting(10))
    expect(of('attend')).toEqual([{ type: 'attend', ticket: TICKET, take: true }])
  })
})

test('after the socket came back the seat is asked for again', () => {
  const { attendance, connection, of } = begin()
  attendance.follow(waiting(10))
  connection.value = { kind: 'connecting', since: 1 }
  connection.value = { kind: 'open' }
  expect(of('attend')).toEqual([
    { type: 'attend', ticket: TICKET, take: false },
    { type: 'attend', ticket: TICKET, take: true },
  ])
})

test('what is written while nobody is there waits, not delivered', () => {
  const { attendance, history, of } = begin()
  attendance.send('I will be there at ten')
  expect(history.history.value).toMatchObject([{ text: 'I will be there at ten', delivered: false }])
  expect(of('relay')).toEqual([])
})

test('a call that went on when the page before went leaves its line with its own ticket, as long as it was seen', async () => {
  const call = { what: 'call-to-customer', since: 1000, seen: 61_000 } as const
  const { history } = begin(NO_ATTEMPTS, false, { ...call, ticket: TICKET })
  const line = { kind: 'event', what: 'call-to-customer', at: 61_000, lastedMs: 60_000 }
  await vi.waitFor(() => expect(history.history.value).toMatchObject([line]))
  const other = begin(NO_ATTEMPTS, false, { ...call, ticket: OTHER_TICKET })
  await new Promise((resume) => setTimeout(resume))
  expect(other.history.history.value).toEqual([])
})
