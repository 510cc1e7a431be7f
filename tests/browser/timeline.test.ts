import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let customer: Customer
let link: string

beforeAll(async () => {
  ;({ mail, marie, grace } = await openTwoDesks(signal))
  await toQueue(marie)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('Q11 the timeline of a new ticket says what will stand in it; then who came, and whose browser wrote that', async () => {
  ;({ link } = await grace.create('Rosa Lima', 'The scanner hums'))
  await grace.press(/.*Rosa Lima.*/)
  await grace.choose('Timeline')
  await grace.sees('Grace Hopper made the connection ID')
  await grace.sees('The customer has not been here yet.')
  await isAccessible(grace.page, 'timeline-new')
  customer = await openCustomer(link, { signal })
  await grace.sees(/Rosa Lima came\s*· noted by Grace Hopper[\s\S]*Rosa Lima is connected\s*· noted by Grace Hopper/)
  await grace.seesNot('The customer has not been here yet.')
  await grace.choose('Chat')
  await grace.sees('Rosa Lima is connected')
  // Who comes and goes without a word is not part of the talk.
  await grace.seesNot('Rosa Lima came')
})

test('Q11 a reload writes no arrival twice', async () => {
  await grace.page.reload()
  await grace.sees('Create connection ID')
  await grace.choose('Timeline')
  await grace.sees(/is connected[\s\S]*is connected/)
  expect((await grace.read()).match(/Rosa Lima came/g)).toHaveLength(1)
})

test('Q11 each hand-over stands with its note, and what was noted before names the browser that did', async () => {
  await handOver(grace, 'Marie Blanc', 'It is the lamp. Ask for the serial number.')
  await marie.press(/.*Rosa Lima.*/)
  await marie.choose('Timeline')
  await marie.sees(/assigned it to Marie Blanc[\s\S]*It is the lamp\. Ask for the serial number\./)
  await marie.sees(/Rosa Lima came\s*· noted by Grace Hopper[\s\S]*is connected\s*· noted by Marie Blanc/)
  await handOver(marie, 'Grace Hopper', 'The serial number is 4711.')
  await grace.sees(
    /left a note for Marie Blanc\s*It is the lamp[\s\S]*left a note for Grace Hopper\s*The serial number/,
  )
  expect((await grace.read()).match(/Rosa Lima came/g)).toHaveLength(1)
  await isAccessible(grace.page, 'timeline-notes')
})

test('Q11 that the customer left is seen by whoever may open the case', async () => {
  await customer.browser.close()
  await grace.sees(/Rosa Lima left\s*· noted by Grace Hopper/, 60_000)
  await marie.sees(/Rosa Lima left\s*· noted by Grace Hopper/)
})

test('Q11 without the server the timeline says what is missing, and shows what this browser knows', async () => {
  await grace.choose('Chat')
  await grace.page.setOfflineMode(true)
  await grace.choose('Timeline')
  await grace.sees('What was decided about the ticket is asked for again when the server is there.')
  await grace.sees('Rosa Lima came')
  expect(await grace.read()).not.toContain('made the connection ID')
  await grace.page.setOfflineMode(false)
  await grace.sees('made the connection ID', 60_000)
})

async function handOver(from: Technician, to: string, note: string) {
  await from.press('More')
  await from.press('Assign…')
  await from.pick('Assignee', to)
  await from.fill('Hand-over note', note)
  await from.confirm('Assign')
}
