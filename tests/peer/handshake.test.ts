import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { NO_ATTEMPTS } from '../../peer/attempts.ts'
import { toBase64url } from '../../peer/base64url.ts'
import { pairAsCustomer, pairAsTechnician } from '../../peer/handshake.ts'
import { openInbox } from '../../peer/inbox.ts'
import { LinkError } from '../../peer/link-error.ts'
import { createSeal } from '../../peer/seal.ts'
import type { Secret, TicketId } from '../../protocol/ids.ts'
import { HANDSHAKE_MS, MAX_WRONG_SECRETS } from '../../protocol/limits.ts'
import { type Hostile, memoryAttempts, OTHER_TICKET, relayPair, SECRET, TICKET, WRONG } from './support.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

type Sides = { customerSecret?: Secret; customerTicket?: TicketId; hostile?: Hostile; wrong?: number }

function bothSides({ customerSecret = SECRET, customerTicket = TICKET, hostile, wrong = 0 }: Sides = {}) {
  const relay = relayPair(hostile)
  const { signal } = life
  const attempts = memoryAttempts({ wrong, last: 0 })
  const waits: number[] = []
  const technician = () =>
    pairAsTechnician({
      ticket: TICKET,
      secret: SECRET,
      relay: relay.technician,
      inbox: openInbox(relay.technician, signal),
      signal,
    })
  const customer = () =>
    pairAsCustomer({
      ticket: customerTicket,
      secret: customerSecret,
      relay: relay.customer,
      inbox: openInbox(relay.customer, signal),
      signal,
      attempts,
      onWait: (ms) => waits.push(ms),
    })
  return { relay, attempts, waits, technician, customer }
}

/** What became of a handshake: `paired`, or the reason of its error. */
const fate = (pairing: Promise<unknown>) =>
  pairing.then(
    () => 'paired',
    (cause: unknown) => (cause instanceof LinkError ? cause.reason : cause),
  )
const typesOf = (said: { data: string }[]) => said.map(({ data }) => JSON.parse(data).type)

/** Replaces the one field of the one kind of message. */
const forging =
  (type: string, change: (message: Record<string, unknown>) => unknown): Hostile =>
  (data) => {
    const message = JSON.parse(data)
    return [message.type === type ? JSON.stringify(change(message)) : data]
  }

describe('with the same secret', () => {
  test('a page that was reloaded says so to a desk that still seals for the one before', async () => {
    const { relay, technician, customer } = bothSides()
    const [before] = await Promise.all([technician(), customer()])
    const heard: unknown[] = []
    relay.technician.onData((data) => heard.push(JSON.parse(data)), life.signal)
    void customer().catch(() => {})
    relay.technician.send(
      JSON.stringify(await createSeal(before.keys, before.sid, 'technician').seal({ type: 'redial' }, 1)),
    )
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'anew', sid: before.sid }]))
  })

  test('both sides have the same keys, after three messages', async () => {
    const { relay, technician, customer, attempts } = bothSides()
    const [b, a] = await Promise.all([customer(), technician()])
    expect(a.sid).toBe(b.sid)
    const sealed = await createSeal(b.keys, b.sid, 'customer').seal({ type: 'offer', sdp: 'v=0' }, 0)
    expect(await createSeal(a.keys, a.sid, 'technician').open(sealed)).toEqual({ type: 'offer', sdp: 'v=0' })
    expect(typesOf(relay.said)).toEqual(['start', 'reply', 'confirm'])
    expect(attempts.now).toEqual(NO_ATTEMPTS)
  })

  test('the secret is in no message', async () => {
    const { relay, technician, customer } = bothSides()
    await Promise.all([customer(), technician()])
    expect(relay.said.map(({ data }) => data).join()).not.toContain(SECRET)
  })

  test('each handshake has a session and shares of its own', async () => {
    const [first, second] = [bothSides(), bothSides()]
    await Promise.all([first.customer(), first.technician(), second.customer(), second.technician()])
    expect(first.relay.said[0]?.data).not.toBe(second.relay.said[0]?.data)
    expect(first.relay.said[1]?.data).not.toBe(second.relay.said[1]?.data)
  })

  test('a customer who comes later is met by the same start again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const { relay, technician, customer } = bothSides()
    const a = technician()
    await vi.advanceTimersByTimeAsync(3500)
    const b = customer()
    await vi.advanceTimersByTimeAsync(1000)
    expect(await Promise.all([fate(a), fate(b)])).toEqual(['paired', 'paired'])
    const starts = relay.said.filter(({ data }) => JSON.parse(data).type === 'start').map(({ data }) => data)
    expect(starts.length).toBe(5)
    expect(new Set(starts).size).toBe(1)
  })

  test('a start that arrives twice gets the same reply and counts once', async () => {
    const { relay, technician, customer, attempts } = bothSides({
      hostile: (data) => (JSON.parse(data).type === 'start' ? [data, data] : [data]),
    })
    expect(await Promise.all([fate(customer()), fate(technician())])).toEqual(['paired', 'paired'])
    const replies = relay.said.filter(({ from }) => from === 'customer').map(({ data }) => data)
    expect(new Set(replies).size).toBe(1)
    expect(attempts.now.wrong).toBe(0)
  })

  test('a wait is passed on and the handshake follows', async () => {
    const { relay, technician, customer, waits } = bothSides()
    const b = customer()
    relay.technician.send(JSON.stringify({ type: 'wait', forMs: 4000 }))
    expect(await Promise.all([fate(technician()), fate(b)])).toEqual(['paired', 'paired'])
    expect(waits).toEqual([4000])
  })
})

describe('with a wrong secret', () => {
  test('the technician sees it by the reply and confirms nothing', async () => {
    const { relay, technician, customer, attempts } = bothSides({ customerSecret: WRONG })
    const b = fate(customer())
    expect(await fate(technician())).toBe('wrong-secret')
    expect(typesOf(relay.said)).toEqual(['start', 'reply'])
    expect(attempts.now.wrong).toBe(1)
    relay.technician.send(JSON.stringify({ type: 'abort', reason: 'wrong-secret' }))
    expect(await b).toBe('wrong-secret')
  })

  test('the same secret for another ticket is wrong too', async () => {
    const { technician, customer } = bothSides({ customerTicket: OTHER_TICKET })
    void fate(customer())
    expect(await fate(technician())).toBe('wrong-secret')
  })

  test('a guesser in the technician’s place gets so many replies and no more', async () => {
    const { relay, customer, attempts } = bothSides({ wrong: MAX_WRONG_SECRETS - 2 })
    const b = fate(customer())
    for (let guess = 0; guess < 3; guess++) {
      const guesser = new AbortController()
      const inbox = openInbox(relay.technician, guesser.signal)
      const options = { ticket: TICKET, secret: WRONG, relay: relay.technician, inbox, signal: guesser.signal }
      const outcome = guess < 2 ? await fate(pairAsTechnician(options)) : void pairAsTechnician(options).catch(() => {})
      expect(outcome).toBe(guess < 2 ? 'wrong-secret' : undefined)
      if (guess < 2) guesser.abort()
      else void b.then(() => guesser.abort())
    }
    expect(await b).toBe('dead-code')
    expect(attempts.now.wrong).toBe(MAX_WRONG_SECRETS)
    expect(relay.said.filter(({ from }) => from === 'customer').length).toBe(2)
  })
})

describe('with a hostile relay', () => {
  const other = toBase64url(new Uint8Array(32).fill(1))

  test.each<[string, Hostile, string]>([
    ['the reply’s tag', forging('reply', (m) => ({ ...m, tag: other })), 'wrong-secret'],
    [
      'the customer’s share by the identity',
      forging('reply', (m) => ({ ...m, yb: toBase64url(new Uint8Array(32)) })),
      'tampered',
    ],
    ['a reply by garbage', (data, from) => [from === 'customer' ? '{"type":' : data], 'tampered'],
    ['a reply by another schema', forging('reply', (m) => ({ ...m, more: 1 })), 'tampered'],
  ])('the technician refuses it when it replaces %s', async (_what, hostile, reason) => {
    const { technician, customer } = bothSides({ hostile })
    void fate(customer())
    expect(await fate(technician())).toBe(reason)
  })

  test.each<[string, Hostile, string]>([
    ['the confirmation’s tag', forging('confirm', (m) => ({ ...m, tag: other })), 'tampered'],
    [
      'the technician’s share by the identity',
      forging('start', (m) => ({ ...m, ya: toBase64url(new Uint8Array(32)) })),
      'tampered',
    ],
    ['the version', forging('start', (m) => ({ ...m, version: 99 })), 'version'],
    ['the start by an abort', forging('start', () => ({ type: 'abort', reason: 'dead-code' })), 'dead-code'],
    ['the start by garbage', (data, from) => [from === 'technician' ? 'garbage' : data], 'tampered'],
  ])('the customer refuses it when it replaces %s', async (_what, hostile, reason) => {
    const { technician, customer } = bothSides({ hostile })
    void fate(technician())
    expect(await fate(customer())).toBe(reason)
  })

  test('a swapped share of the technician ends in a wrong secret, not in a session', async () => {
    const attacker = bothSides()
    void fate(attacker.technician())
    const { ya } = JSON.parse(attacker.relay.said[0]?.data ?? '')
    const { technician, customer } = bothSides({ hostile: forging('start', (m) => ({ ...m, ya })) })
    void fate(customer())
    expect(await fate(technician())).toBe('wrong-secret')
  })

  test('a reply of an earlier session is not taken for this one’s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const earlier = bothSides()
    await Promise.all([earlier.customer(), earlier.technician()])
    const replay = earlier.relay.said[1]?.data ?? ''
    const { technician } = bothSides({ hostile: () => [] })
    const { technician: fed, relay } = bothSides()
    const [silent, replayed] = [fate(technician()), fate(fed())]
    relay.customer.send(replay)
    await vi.advanceTimersByTimeAsync(HANDSHAKE_MS)
    expect([await silent, await replayed]).toEqual(['timeout', 'timeout'])
  })

  test('a flood is not stored', async () => {
    const relay = relayPair()
    const inbox = openInbox(relay.customer, life.signal)
    for (let i = 0; i < 1000; i++) relay.technician.send(JSON.stringify({ type: 'wait', forMs: i }))
    await Promise.resolve()
    const taken = async () => {
      for (let i = 0; i < 1000; i++) await inbox.next(life.signal)
    }
    expect(await fate(taken())).toBe('tampered')
  })
})

describe('time and abort', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  })

  test('a technician whom nobody answers gives up in time, and not before', async () => {
    const { technician } = bothSides()
    let done = false
    const a = fate(technician()).finally(() => {
      done = true
    })
    await vi.advanceTimersByTimeAsync(HANDSHAKE_MS - 1)
    expect(done).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await a).toBe('timeout')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a customer waits for the start as long as it takes, then not for ever', async () => {
    const { relay, technician, customer } = bothSides({
      hostile: (data) => (JSON.parse(data).type === 'confirm' ? [] : [data]),
    })
    const b = fate(customer())
    await vi.advanceTimersByTimeAsync(HANDSHAKE_MS * 10)
    expect(await fate(technician())).toBe('paired')
    expect(typesOf(relay.said)).toEqual(['start', 'reply', 'confirm'])
    await vi.advanceTimersByTimeAsync(HANDSHAKE_MS)
    expect(await b).toBe('timeout')
  })

  test('an abort of the signal ends both', async () => {
    const { technician, customer } = bothSides({ hostile: () => [] })
    const both = Promise.all([fate(technician()), fate(customer())])
    const reason = new LinkError('ended-here', 'enough')
    life.abort(reason)
    expect(await both).toEqual(['ended-here', 'ended-here'])
    expect(vi.getTimerCount()).toBe(0)
  })
})
