import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { toBase64url } from '../../peer/base64url.ts'
import type { DialOptions, Link } from '../../peer/dial.ts'
import { type Dialler, openDialler } from '../../peer/dialler.ts'
import type { Paired } from '../../peer/handshake.ts'
import { openInbox } from '../../peer/inbox.ts'
import { LinkError } from '../../peer/link-error.ts'
import { deriveKeys } from '../../peer/session-keys.ts'
import type { Role } from '../../protocol/ids.ts'
import { DIAL_MS } from '../../protocol/limits.ts'
import { type Hostile, relayPair, TICKET } from './support.ts'

/** A network in memory: an attempt is linked when both have heard the other, and the network is there. */
let up: boolean
/** The relay carries. */
let there: boolean
let evil: boolean
let seen: number
let paired: Paired
let life: AbortController

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] })
  life = new AbortController()
  up = true
  there = true
  evil = false
  seen = 0
  const bytes = (fill: number, length = 32) => new Uint8Array(length).fill(fill)
  const keys = await deriveKeys({ ticket: TICKET, sid: bytes(9, 16), ya: bytes(1), yb: bytes(2) }, bytes(3))
  paired = { sid: toBase64url(bytes(9, 16)), keys }
})
afterEach(() => {
  life.abort()
  vi.useRealTimers()
})

type Side = {
  dialler: Dialler
  links: { dial: string; cut(): void }[]
  failures: unknown[]
  words: string[]
  anew: number
}

function openSide(role: Role, relay: ReturnType<typeof relayPair>): Side {
  const side: Omit<Side, 'dialler'> = { links: [], failures: [], words: [], anew: 0 }
  const end = relay[role]
  const dialler = openDialler({
    role,
    paired,
    relay: end,
    inbox: openInbox(end, life.signal),
    ice: async () => ({ iceServers: [], expiresAt: 0 }),
    onLink(link, hangUp) {
      side.links.push({ dial: names.get(link) ?? '', cut: hangUp })
    },
    onWord: (word) => side.words.push(word),
    onAnew: () => side.anew++,
    onFailure: (cause) => side.failures.push(cause),
    signal: life.signal,
    hangUp: life.signal,
    network: new EventTarget(),
    connect: connectTo(role),
  })
  return Object.assign(side, { dialler })
}

const names = new WeakMap<Link, string>()
let offers = 0

function connectTo(role: Role) {
  return ({ say, withinMs, signal }: DialOptions) => {
    const { promise: link, resolve, reject } = Promise.withResolvers<Link>()
    const { promise: closed, resolve: close } = Promise.withResolvers<LinkError>()
    setTimeout(() => reject(new LinkError('no-route', 'no path within the time')), withinMs)
    signal.addEventListener('abort', () => {
      reject(new LinkError('no-route', 'given up'))
      close(new LinkError('lost', 'hung up'))
    })
    const stands = (name: string) => {
      if (!up) return
      const made = Object.assign(Object.create(null) as Link, { closed })
      names.set(made, name)
      resolve(made)
    }
    if (role === 'customer') say({ type: 'offer', sdp: `offer ${++offers}` })
    return {
      link,
      hear(heard: { type: string; sdp?: string }) {
        if (heard.type === 'candidate') return
        const name = heard.sdp?.split(' ').at(-1) ?? ''
        if (heard.type === 'offer') say({ type: 'answer', sdp: `answer ${name}` })
        stands(name)
      },
    }
  }
}

function bothSides(hostile?: Hostile) {
  const relay = relayPair(hostile)
  return { relay, technician: openSide('technician', relay), customer: openSide('customer', relay) }
}

/** The true clock. */
const later = globalThis.setTimeout

/** Real cryptography takes real turns. */
async function pass(ms: number) {
  for (let gone = 0; gone < ms; gone += 250) {
    await vi.advanceTimersByTimeAsync(250)
    await new Promise((done) => later(done, 4))
  }
}

async function linked(sides: ReturnType<typeof bothSides>) {
  sides.technician.dialler.want()
  sides.customer.dialler.want()
  for (let i = 0; i < 40 && !(sides.technician.links.length && sides.customer.links.length); i++) await pass(250)
  expect([sides.technician.links.length, sides.customer.links.length]).toEqual([1, 1])
  sides.technician.dialler.settle()
  sides.customer.dialler.settle()
  return sides
}

const sideLinks = ({ technician, customer }: ReturnType<typeof bothSides>) => [
  technician.links.length,
  customer.links.length,
]
const sameLink = ({ technician, customer }: ReturnType<typeof bothSides>) =>
  technician.links.at(-1)?.dial !== undefined && technician.links.at(-1)?.dial === customer.links.at(-1)?.dial

describe('after the first link', () => {
  test.each([
    ['the technician', ['technician']],
    ['the customer', ['customer']],
    ['both at once', ['technician', 'customer']],
  ] as const)('%s may want another, and both have the same one', async (_who, wanting) => {
    const sides = await linked(bothSides())
    for (const side of wanting) sides[side].dialler.want()
    await pass(3000)
    expect([sides.technician.links.length, sides.customer.links.length]).toEqual([2, 2])
    expect(sameLink(sides)).toBe(true)
  })

  test('whoever is asked for one doubts the server first: what cut it may have cut one direction only', async () => {
    const sides = await linked(bothSides())
    const doubts = {
      technician: vi.spyOn(sides.relay.technician, 'doubt'),
      customer: vi.spyOn(sides.relay.customer, 'doubt'),
    }
    sides.technician.dialler.want()
    await pass(3000)
    expect(doubts.customer).toHaveBeenCalledOnce()
    sides.technician.dialler.settle()
    doubts.technician.mockClear()
    sides.customer.dialler.want()
    await pass(3000)
    expect(doubts.technician).toHaveBeenCalledOnce()
    expect(sameLink(sides)).toBe(true)
  })

  test('it is tried until there is a way, however long that takes', async () => {
    const sides = await linked(bothSides())
    up = false
    sides.technician.dialler.want()
    sides.customer.dialler.want()
    await pass(60_000)
    expect(sides.customer.links).toHaveLength(1)
    up = true
    await pass(16_000)
    expect(sameLink(sides)).toBe(true)
    expect([...sides.technician.failures, ...sides.customer.failures]).toEqual([])
  })

  test('a server that comes back is used at once', async () => {
    const sides = await linked(bothSides((data) => (there ? [data] : [])))
    there = false
    sides.technician.dialler.want()
    sides.customer.dialler.want()
    await pass(30_000)
    expect(sides.customer.links).toHaveLength(1)
    there = true
    for (const ready of sides.relay.readies.customer) ready()
    await pass(3000)
    expect(sameLink(sides)).toBe(true)
  })

  test('a settled link is left alone: no server that comes back makes another', async () => {
    const sides = await linked(bothSides())
    for (const role of ['technician', 'customer'] as const) for (const ready of sides.relay.readies[role]) ready()
    await pass(5000)
    expect(sides.customer.links).toHaveLength(1)
  })

  test('an offer that the relay lost is asked for again', async () => {
    let lost = 0
    const sides = await linked(
      bothSides((data, from) => (from === 'customer' && JSON.parse(data).dial === 1 && lost++ === 0 ? [] : [data])),
    )
    sides.technician.dialler.want()
    await pass(4000)
    expect(lost).toBeGreaterThan(1)
    expect(sameLink(sides)).toBe(true)
    expect(sides.customer.links).toHaveLength(2)
  })
})

describe('a hostile relay', () => {
  test.each<[string, Hostile]>([
    ['that sends everything twice', (data) => [data, data]],
    ['that flips a bit in every third', (data) => [++seen % 3 === 0 ? flip(data) : data]],
    ['that says between all that the other side gave up', (data) => ['{"type":"abort","reason":"tampered"}', data]],
    ['that puts nonsense between', (data) => ['{', data, '{"type":"sealed"}']],
    ['that gives each another number first', (data) => [renumbered(data, 7), data]],
  ])('%s, can only delay', async (_what, hostile) => {
    const sides = await linked(bothSides((data, from) => (evil ? hostile(data, from) : [data])))
    evil = true
    for (let cut = 1; cut <= 5; cut++) {
      sides.technician.dialler.want()
      sides.customer.dialler.want()
      const again = () => sideLinks(sides).every((count) => count > cut) && sameLink(sides)
      for (let i = 0; i < 120 && !again(); i++) await pass(250)
      expect(again()).toBe(true)
      sides.technician.dialler.settle()
      sides.customer.dialler.settle()
    }
    expect([...sides.technician.failures, ...sides.customer.failures]).toEqual([])
  })

  test('cannot even do that before the first link: what is wrong ends it', async () => {
    const sides = bothSides((data) => [flip(data)])
    sides.technician.dialler.want()
    sides.customer.dialler.want()
    await pass(2000)
    expect(sides.technician.failures).toMatchObject([{ reason: 'tampered' }])
  })
})

test('no first link within its time is no route', async () => {
  up = false
  const sides = bothSides()
  sides.technician.dialler.want()
  sides.customer.dialler.want()
  await pass(DIAL_MS + 500)
  for (let i = 0; i < 40 && !(sides.technician.failures.length && sides.customer.failures.length); i++) await pass(250)
  expect(sides.technician.failures).toMatchObject([{ reason: 'no-route' }])
  expect(sides.customer.failures).toMatchObject([{ reason: 'no-route' }])
})

test('a last word arrives without a link', async () => {
  const sides = await linked(bothSides())
  sides.customer.dialler.say({ type: 'bye' })
  await pass(2000)
  expect(sides.technician.words).toEqual(['bye'])
})

test('a side that begins anew is told apart from one that speaks of another session', async () => {
  const { relay, technician, customer } = await linked(bothSides())
  relay.customer.send(JSON.stringify({ type: 'anew', sid: toBase64url(new Uint8Array(16)) }))
  await pass(2000)
  expect(technician.anew).toBe(0)
  relay.customer.send(JSON.stringify({ type: 'anew', sid: paired.sid }))
  relay.technician.send(
    JSON.stringify({
      type: 'start',
      version: 1,
      sid: toBase64url(new Uint8Array(16)),
      ya: toBase64url(new Uint8Array(32)),
    }),
  )
  await pass(2000)
  expect([technician.anew, customer.anew]).toEqual([1, 1])
})

function flip(data: string): string {
  const message = JSON.parse(data)
  const box: string = message.box
  return JSON.stringify({ ...message, box: box.startsWith('A') ? `B${box.slice(1)}` : `A${box.slice(1)}` })
}

function renumbered(data: string, dial: number): string {
  return JSON.stringify({ ...JSON.parse(data), dial })
}
