import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { callId, fakeDevices, hasVoice, waitForVoice } from '../support/call.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { say, tamper } from '../support/link-double.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal, args: fakeDevices })
  customer = await meet('Jean Dupont')
})
afterAll(() => over.abort())

/** A customer whose page says what it is told to. */
async function meet(name: string): Promise<Customer> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'It does not print')
  const came = await openCustomer('about:blank', { signal, args: fakeDevices })
  await tamper(came.page)
  await came.page.goto(link)
  await came.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await technician.sees('End session')
  return came
}

test('S9 S13 a desk that was loaded anew does not know of the no; its call does not ring, and it is told the truth', async () => {
  await technician.press('Call Jean Dupont')
  await technician.press('Only voice')
  await customer.press('No')
  await technician.sees('Jean Dupont does not want to talk now.')
  await technician.page.reload()
  await technician.press('Call Jean Dupont')
  await technician.press('Only voice')
  await technician.sees(/Your call did not ring at Jean Dupont’s: nobody has declined it\.\s*A call was not taken up/)
  await technician.sees(/You can call again in \d+ s/)
  expect(await technician.read()).not.toContain('does not want to talk')
  expect(await customer.read()).not.toContain('asks to talk with you')
  await isAccessible(technician.page, 'call-did-not-ring')
  await technician.sees('You can call again now.', 30_000)
  await technician.press('Call Jean Dupont')
  await technician.press('Only voice')
  await customer.press('Only voice')
  await waitForVoice(technician.page)
  await technician.press('End the call')
  await customer.sees('Marie Blanc ended the call.')
})

test('S9 a tampered page is refused: it names the screen’s line for the call, or answers a call that nobody asked for', async () => {
  await customer.press('Call Marie Blanc')
  await customer.press('Only voice')
  await technician.press('Only voice')
  await waitForVoice(technician.page)
  await say(customer.page, { type: 'call-lines', id: await callId(customer.page), voice: '0', picture: '0' })
  await technician.sees(/sent something that/)
  await technician.seesNot('Call with Jean Dupont')
  await customer.page.reload()
  await technician.press('Try again')
  await customer.sees('connected')
  const answer = { kind: 'accepted', with: { microphone: 'on', camera: 'on' } }
  await say(customer.page, { type: 'call-answer', id: 'A'.repeat(22), answer })
  await technician.sees(/sent something that/)
  expect(await hasVoice(technician.page)).toBe(false)
  await customer.browser.close()
})

test('S9 a tampered page that rings in a loop rings once; it is told no, and the session goes on', async () => {
  const hostile = await meet('Rita Ring')
  await hostile.press('Call Marie Blanc')
  await hostile.press('Only voice')
  await technician.press('No')
  await hostile.sees('Marie Blanc does not want to talk now.')
  const answers = () =>
    hostile.page.evaluate(() => window.deskside_test_heard?.filter(({ type }) => type === 'call-answer') ?? [])
  const [no] = await answers()
  // The same question, again and again, as no page of ours says it.
  const ring = { ...no, type: 'call-ask', answer: undefined, video: true, with: { microphone: 'on', camera: 'none' } }
  for (let times = 0; times < 20; times += 1) await say(hostile.page, ring)
  await vi.waitFor(async () => expect(await answers()).toHaveLength(21), 10_000)
  expect(new Set((await answers()).map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(no)]))
  expect(await technician.read()).not.toContain('Rita Ring asks')
  await technician.sees('End session')
  await hostile.browser.close()
})
