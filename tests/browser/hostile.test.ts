import { afterAll, beforeEach, expect, test } from 'vitest'
import { openCustomer } from '../support/customer.ts'
import { startHostileRelay, type Tamper } from '../support/hostile-relay.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'

let over = new AbortController()
beforeEach(() => {
  over.abort()
  over = new AbortController()
})
afterAll(() => over.abort())

const CANNOT_CONNECT_TECHNICIAN = 'Someone interfered with the connection: it was refused'
const CANNOT_CONNECT_CUSTOMER = 'The connection was not safe, so it was closed'

/** Technician and customer meet through a server with a hostile party in front of it. */
async function meetThrough(tamper: Tamper) {
  const { signal } = over
  const server = await startTestServer({ signal })
  const hostile = await startHostileRelay(server.url, tamper, signal)
  const technician = await openTechnician(server.setupLink.replace(server.url, hostile), { signal })
  const { code } = await technician.create('Jean Dupont', 'Printer')
  const customer = await openCustomer(hostile, { signal })
  await customer.fill('Connection ID', code)
  await customer.press('Continue')
  return { technician, customer }
}

test('S1 a relay that only carries lets them connect', async () => {
  let fingerprints = 0
  const { technician, customer } = await meetThrough((message) => {
    if (message.includes('fingerprint')) fingerprints++
    return message
  })
  await customer.sees('connected')
  await technician.sees(/Waiting now · 1/)
  expect(fingerprints, 'no fingerprint is readable on the way').toBe(0)
})

test('S1 a server that swaps the offer for its own gets no connection, and both sides say so', async () => {
  let swapped = 0
  const { technician, customer } = await meetThrough((message) => {
    const relayed = readSealed(message)
    if (relayed?.pair.n !== 0) return message
    swapped++
    // The best that it can do without the key: an offer with its own fingerprint where the sealed one was.
    return JSON.stringify({ ...relayed.outer, data: JSON.stringify({ ...relayed.pair, box: base64url(OWN_OFFER) }) })
  })
  await technician.press(/.*Jean Dupont.*/)
  await technician.sees(CANNOT_CONNECT_TECHNICIAN)
  await customer.sees(CANNOT_CONNECT_CUSTOMER)
  expect(swapped).toBeGreaterThan(0)
})

test('S1 one flipped bit in a sealed signal ends it on both sides', async () => {
  const { technician, customer } = await meetThrough((message) => {
    const relayed = readSealed(message)
    if (relayed?.pair.n !== 0) return message
    const box = relayed.pair.box.startsWith('A') ? `B${relayed.pair.box.slice(1)}` : `A${relayed.pair.box.slice(1)}`
    return JSON.stringify({ ...relayed.outer, data: JSON.stringify({ ...relayed.pair, box }) })
  })
  await technician.press(/.*Jean Dupont.*/)
  await technician.sees(CANNOT_CONNECT_TECHNICIAN)
  await customer.sees(CANNOT_CONNECT_CUSTOMER)
})

test('S1 a plain offer in place of a sealed one is not taken', async () => {
  const { technician, customer } = await meetThrough((message) => {
    const relayed = readSealed(message)
    if (!relayed) return message
    return JSON.stringify({ ...relayed.outer, data: OWN_OFFER })
  })
  await customer.sees(/The connection was not safe|can’t go on|did not come about|reconnecting/)
  await technician.seesNot(/In session · 1/)
})

const OWN_OFFER = JSON.stringify({
  type: 'offer',
  sdp: `v=0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r\n`,
})

type Sealed = { outer: Record<string, unknown>; pair: { type: 'sealed'; n: number; box: string } }

function readSealed(message: string): Sealed | undefined {
  const outer = JSON.parse(message)
  if (outer.type !== 'relay') return undefined
  const pair = JSON.parse(outer.data)
  return pair.type === 'sealed' ? { outer, pair } : undefined
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
