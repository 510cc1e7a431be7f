import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ServerToCustomer } from '../../protocol/socket.ts'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { type Received, watchReceived } from '../support/received.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let marie: Technician
let customer: Customer
let received: Received

beforeAll(async () => {
  const server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  const { link } = await marie.create('Rosa Lima', 'The scanner hums')
  customer = await openCustomer(server.url, { signal })
  received = await watchReceived(customer.page)
  await customer.page.goto(link)
})
afterAll(() => over.abort())

test('Q11 S8 notes are at hand during the session, and nothing that the customer’s page receives has a word of them', async () => {
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Connect')
  await marie.say('Write to Rosa Lima…', 'Is the lamp flickering?')
  await customer.sees('Is the lamp flickering?')
  await marie.choose('Notes')
  await marie.press('Write a note')
  await marie.page.keyboard.type('Suspects the ballast, serial QX-4711')
  await marie.press('Done')
  await marie.choose('Chat')
  // Said after the notes: when this is there, what they could have caused is there too.
  await marie.say('Write to Rosa Lima…', 'Please switch it off and on again.')
  await customer.sees('Please switch it off and on again.')
  const { answers, socket, channel } = await received.read()
  expect(channel, 'the channel is heard').toContain('Please switch it off and on again.')
  expect(answers, 'answers are read').toContain('<html')
  expect(socket.length, 'the socket is heard').toBeGreaterThan(0)
  for (const message of socket) expect(v.is(ServerToCustomer, JSON.parse(message)), message).toBe(true)
  for (const heard of [answers, channel, ...socket]) expect(heard).not.toMatch(/ballast|QX-4711/)
  await marie.choose('Notes')
  await marie.sees('Suspects the ballast, serial QX-4711')
  await isAccessible(marie.page, 'notes-session')
})

test('Q2 Q11 S8 after the session the search says whether a word stands in the notes or in the chat', async () => {
  await marie.press('End session')
  await marie.confirm('End session')
  await toQueue(marie)
  await marie.fill('Search the queue', 'ballast')
  await marie.sees('In the notes: Suspects the ballast, serial QX-4711')
  await marie.fill('Search the queue', 'flickering')
  await marie.sees('In the chat: Is the lamp flickering?')
  await marie.page.reload()
  await toQueue(marie)
  await marie.fill('Search the queue', 'ballast')
  await marie.sees('In the notes: Suspects the ballast, serial QX-4711')
  expect(await marie.page.$eval('mark', ({ textContent }) => textContent)).toBe('ballast')
})
