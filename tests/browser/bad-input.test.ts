import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Customer, openCustomer } from '../support/customer.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Given, openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let first: Customer
let given: Given

beforeAll(async () => {
  server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  given = await technician.create('Jean Dupont', 'Printer')
  first = await openCustomer(given.link, { signal })
  await first.sees('connected')
  await technician.press(/.*Jean Dupont.*/)
})
afterAll(() => over.abort())

/** The first session must not notice anything. */
async function firstGoesOn(word: string): Promise<void> {
  await first.say('Write to Marie Blanc…', word)
  await technician.sees(word)
  await first.seesNot('Not delivered yet')
}

test('Q6 a code that is not ten digits is explained, and what was typed stays', async () => {
  const customer = await openCustomer(server.url, { signal })
  await customer.fill('Connection ID', '123-45')
  await customer.press('Continue')
  await customer.sees('A connection ID has ten digits, like 12345-67890.')
  expect(await customer.written('Connection ID')).toBe('123-45')
  await firstGoesOn('after a short code')
})

test('Q6 an unknown code is explained', async () => {
  const lookup = given.code.startsWith('1') ? '20000' : '10000'
  const customer = await openCustomer(server.url, { signal })
  await customer.fill('Connection ID', `${lookup}-12345`)
  await customer.press('Continue')
  await customer.sees('No open request has this code.')
  await firstGoesOn('after an unknown code')
})

test('Q6 a dead code is explained, in French too', async () => {
  await technician.page.evaluate(() => history.back())
  const dead = await technician.create('Olga Petrova', 'Outlook')
  await technician.press(/.*Olga Petrova.*/)
  await technician.press('More')
  await technician.press('Withdraw')
  await technician.confirm('Withdraw')
  await technician.sees('This code was withdrawn')
  const customer = await openCustomer(dead.link, { signal })
  await customer.sees('This code can’t be used any more')
  await customer.press('Français')
  await customer.sees('Ce code ne peut plus servir')
  await technician.press(/.*Jean Dupont.*/)
  await firstGoesOn('after a dead code')
})

test('Q6 a second customer on the same code is refused, the first is not disturbed', async () => {
  const second = await openCustomer(given.link, { signal })
  await second.sees('Someone is already connected with this code.')
  await firstGoesOn('after a second customer')
})

test('G1 garbage, a flood and 10 MB on the socket cost only their sender the connection', async () => {
  const address = `${server.url.replace('http', 'ws')}/api/socket`
  const garbage = await converse(address, ['{"type":"hello"', 'not JSON', '{"type":"relay","ticket":1}'])
  expect(garbage.refusals).toContain('malformed')
  const huge = await converse(address, ['x'.repeat(10 * 1024 * 1024)])
  expect(huge.closed).toBe(1009)
  const flood = await converse(
    address,
    Array.from({ length: 2000 }, () => '{}'),
  )
  expect(flood.closed).toBeGreaterThan(0)
  await firstGoesOn('after garbage')
})

test('Q6 a link without its last digits asks for them', async () => {
  const customer = await openCustomer(given.link.replace(/#.*/, ''), { signal })
  await customer.sees('This link is not complete')
})

/** Says these things on a socket of its own, until the server closes it or is silent for a second. */
async function converse(address: string, messages: string[]): Promise<{ refusals: string[]; closed: number }> {
  const refusals: string[] = []
  const socket = new WebSocket(address)
  await new Promise<void>((resolve) => socket.once('open', () => resolve()))
  return new Promise((resolve) => {
    socket.on('message', (bytes) => {
      const message = JSON.parse(bytes.toString())
      if (message.type === 'refused') refusals.push(message.refusal.code)
    })
    socket.on('error', () => {})
    socket.on('close', (closed) => resolve({ refusals, closed }))
    for (const message of messages) socket.send(message)
  })
}
