import { afterAll, beforeAll, expect, test } from 'vitest'
import { inviteByMail } from '../support/account.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
const KEPT = 'Kept for the team, sealed'
const UNCHECKED = 'Left while waiting; the code was not checked yet'
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  const people = techniciansPage(marie)
  await people.open()
  await people.createGroup('Workshop')
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Workshop'), 'Grace Hopper')
  await toQueue(marie)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** A customer of a ticket that nobody has. */
async function arrive(name: string): Promise<Customer> {
  const { link } = await marie.create(name, '', { Group: 'Support', Assignee: 'Nobody' })
  return await openCustomer(link, { signal })
}

/** How often the words stand in the chat. */
async function countOf(person: Pick<Technician, 'read'>, words: string): Promise<number> {
  return (await person.read()).split(words).length - 1
}

test('Q10 the place follows: behind somebody, then next, then answered', async () => {
  const first = await arrive('Ada Early')
  await first.sees('You are next.')
  const second = await arrive('Zoe Late')
  await second.sees('People before you: 1.')
  await marie.press(/.*Ada Early.*/)
  await marie.press('Assign to me')
  // Her desk links by itself: that alone is nobody who has turned to the request.
  await first.sees('Marie Blanc has been told that you are here')
  await first.sees('You are next.')
  await second.sees('People before you: 1.')
  await marie.say('Write to Ada Early…', 'Hello Ada')
  await first.sees('Marie Blanc is helping you')
  await second.sees('You are next.')
  await first.press('I’m done')
  await second.press('Leave the queue')
  for (const { browser } of [first, second]) await browser.close()
})

test('Q2 Q10 a page that is loaded again keeps its place, on the page and in the queue', async () => {
  await toQueue(marie)
  const first = await arrive('Rita Reloads')
  const second = await arrive('Sam Second')
  await first.sees('You are next.')
  await second.sees('People before you: 1.')
  await first.page.reload()
  await first.sees('You are next.')
  // Whatever the desk heard of it, it heard before this one came.
  const third = await arrive('Tess Third')
  await third.sees('People before you: 2.')
  await toQueue(marie)
  await marie.sees(/Waiting now · 3[\s\S]*Tess Third/)
  await marie.sees(/Rita Reloads[\s\S]*Sam Second[\s\S]*Tess Third/)
  for (const { browser, press } of [third, second, first]) {
    await press('Leave the queue')
    await browser.close()
  }
})

test('Q8 Q10 who waits is told the place, and what is written is there when somebody comes, though the page was closed', async () => {
  await toQueue(marie)
  const customer = await arrive('Rosa Lima')
  await customer.sees('Your request has arrived at Acme IT Support')
  await customer.sees('You are next.')
  await customer.say('Write to Acme IT Support…', 'The red lamp blinks')
  await customer.sees(KEPT)
  await customer.say('Write to Acme IT Support…', 'twice a second')
  await marie.sees('2 new')
  await customer.browser.close()
  await marie.sees('Offline')
  expect(leaked(await readStored(server.dataDir), ['red lamp', 'twice a second'])).toEqual([])
  expect(leaked(server.log.join('\n'), ['red lamp', 'twice a second'])).toEqual([])
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Assign to me')
  await marie.sees(/The red lamp blinks[\s\S]*twice a second/)
  expect(await countOf(marie, UNCHECKED)).toBe(2)
})

test('Q8 who stays on the page says it over the link as well: it is there once, and the code is checked', async () => {
  await toQueue(marie)
  const customer = await arrive('Omar Sy')
  await customer.say('Write to Acme IT Support…', 'No sound at all')
  await customer.sees(KEPT)
  await marie.press(/.*Omar Sy.*/)
  await marie.press('Assign to me')
  await customer.sees('connected')
  await customer.seesNot(KEPT)
  await marie.sees('No sound at all')
  await marie.seesNot(UNCHECKED)
  expect(await countOf(marie, 'No sound at all')).toBe(1)
  expect(await countOf(customer, 'No sound at all')).toBe(1)
  await customer.browser.close()
})

test('Q8 what was left moves along to another group, which reads it', async () => {
  await toQueue(marie)
  const customer = await arrive('Ines Moved')
  await customer.say('Write to Acme IT Support…', 'It smells of smoke')
  await customer.sees(KEPT)
  await customer.browser.close()
  await marie.press(/.*Ines Moved.*/)
  await marie.press('More')
  await marie.press('Move…')
  await marie.pick('New group', 'Workshop')
  await marie.confirm('Move')
  await toQueue(grace)
  await grace.sees('1 new')
  await grace.press(/.*Ines Moved.*/)
  await grace.press('Assign to me')
  await grace.sees('It smells of smoke')
})
