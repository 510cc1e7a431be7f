import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import type { TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let customer: Customer

beforeAll(async () => {
  ;({ mail, server, marie, grace } = await openTwoDesks(signal))
  await toQueue(marie)
  customer = await openCustomer((await marie.create('Rosa Lima', 'The scanner hums')).link, { signal })
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

async function write(desk: Technician, reply: { title: string; text: string; whose: string }) {
  await desk.press('New reply')
  await desk.fill('Title', reply.title)
  await desk.fill('Text', reply.text)
  await desk.pick('Whose', reply.whose)
  await desk.confirm('Keep the reply')
  await desk.sees(reply.title)
}

const draft = ({ page }: Technician) => page.$eval('.chat form textarea', (area) => (area as HTMLTextAreaElement).value)

test('Q11 replies are made, one’s own and the group’s; what is missing is said', async () => {
  await marie.press('Replies')
  await marie.sees('There are no replies yet.')
  await marie.press('Manage replies')
  await marie.press('New reply')
  await marie.confirm('Keep the reply')
  await marie.sees('Give it a title, so that it is found.')
  await marie.sees('Write what is to be inserted.')
  await marie.sees('{customer} becomes the customer’s name')
  await isAccessible(marie.page, 'reply-form')
  await marie.confirm('Cancel')
  await write(marie, { title: 'Hello', text: 'Hello {customer}, I am {technician}.', whose: 'Support' })
  await write(marie, { title: 'Sign-off', text: 'All the best', whose: 'Mine' })
  await isAccessible(marie.page, 'replies-dialog')
  await marie.confirm('Close')
  await marie.page.keyboard.press('Escape')
})

test('Q11 “/” at the beginning of a line finds one by keyboard, with the names in it, and nothing is sent by itself', async () => {
  await marie.page.focus('.chat form textarea')
  await marie.page.keyboard.type('/hel')
  await marie.sees('Hello Rosa Lima, I am Marie Blanc.')
  await isAccessible(marie.page, 'reply-picker')
  await marie.page.keyboard.press('Enter')
  expect(await draft(marie)).toBe('Hello Rosa Lima, I am Marie Blanc.')
  expect(await customer.read()).not.toContain('I am Marie Blanc')
  await marie.page.keyboard.type(' and/or')
  await marie.page.keyboard.press('Enter')
  await customer.sees('Hello Rosa Lima, I am Marie Blanc. and/or')
})

test('Q11 colleagues have the group’s replies, not one’s own; a change reaches them; the server reads none of it', async () => {
  await toQueue(grace)
  await grace.create('Jean Dupont', 'No sound')
  await customer.browser.close()
  await grace.press(/.*Jean Dupont.*/)
  await grace.press('Replies')
  await grace.sees('Hello Jean Dupont, I am Grace Hopper.')
  expect(await grace.read()).not.toContain('Sign-off')
  await marie.press('Replies')
  await marie.press('Manage replies')
  await marie.press('Edit “Hello”')
  await marie.fill('Text', 'Welcome, {customer}.')
  await marie.confirm('Keep the reply')
  await grace.sees('Welcome, Jean Dupont.')
  await marie.press('Delete “Hello”')
  await marie.sees('It is gone for everybody in the group.')
  await marie.confirm('Delete')
  await grace.sees('There are no replies yet.')
  await marie.confirm('Close')
  await marie.page.reload()
  await marie.press('Replies')
  await marie.sees('Sign-off')
  expect(leaked(await readStored(server.dataDir), ['Welcome, ', 'All the best'])).toEqual([])
})
