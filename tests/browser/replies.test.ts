import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import type { TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { chatDraft, type Technician, toQueue } from '../support/technician.ts'
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

test('Q11 replies are made, one’s own and the group’s; what is missing is said', async () => {
  await marie.press('Replies')
  await marie.sees('There are no replies yet.')
  await marie.press('Manage replies')
  await marie.press('New reply')
  await marie.confirm('Keep the reply')
  await marie.sees('Give it a title, so that it is found.')
  await marie.sees('Write what is to be inserted.')
  await marie.sees('{customer} becomes the customer’s name')
  // At once: the form puts the focus on the first field that is not right, on a slow machine a moment later.
  await marie.page.$eval('aria/Text', (field) => {
    if (field instanceof HTMLElement) field.focus()
    document.execCommand('insertText', false, 'x'.repeat(4_010))
  })
  await marie.sees('This message is too long by 10 characters.')
  await isAccessible(marie.page, 'reply-form')
  await marie.confirm('Cancel')
  await write(marie, { title: 'Hello', text: 'Hello {customer}, I am {technician}.', whose: 'Support' })
  await write(marie, { title: 'Sign-off', text: 'All the best', whose: 'Mine' })
  await isAccessible(marie.page, 'replies-dialog')
  await marie.confirm('Close')
  await marie.page.keyboard.press('Escape')
})

test('Q11 “/” at the beginning of a line finds one by keyboard, with the names in it, and nothing is sent by itself', async () => {
  await marie.goTo('Write to Rosa Lima…')
  await marie.page.keyboard.type('/hel')
  await marie.sees('Hello Rosa Lima, I am Marie Blanc.')
  await isAccessible(marie.page, 'reply-picker')
  await marie.page.keyboard.press('Enter')
  expect(await chatDraft(marie)).toBe('Hello Rosa Lima, I am Marie Blanc.')
  expect(await customer.read()).not.toContain('I am Marie Blanc')
  await marie.page.keyboard.type(' and/or')
  await marie.page.keyboard.press('Enter')
  await customer.sees('Hello Rosa Lima, I am Marie Blanc. and/or')
})

test('Q11 a line may begin with a slash: what finds nothing, or was left, is written as it was typed', async () => {
  await marie.goTo('Write to Rosa Lima…')
  await marie.page.keyboard.type('/etc/hosts')
  await marie.sees('No reply matches “etc/hosts”. Enter writes “/etc/hosts” as you typed it.')
  await marie.page.keyboard.press('Enter')
  expect(await chatDraft(marie)).toBe('/etc/hosts')
  await marie.page.keyboard.press('Enter')
  await customer.sees('/etc/hosts')
  await marie.page.keyboard.type('/he')
  await marie.sees('Hello Rosa Lima, I am Marie Blanc.')
  await marie.page.keyboard.press('Escape')
  expect(await chatDraft(marie)).toBe('/he')
  await marie.fill('Write to Rosa Lima…', ' ')
  // By its button nothing is written; elsewhere the same key goes to the search.
  await marie.press('Replies')
  await marie.page.keyboard.type('zzz')
  await marie.sees('No reply matches “zzz”.')
  await marie.page.keyboard.press('Enter')
  await marie.page.keyboard.press('Escape')
  expect(await chatDraft(marie)).toBe(' ')
  await marie.page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await marie.page.keyboard.type('/')
  expect(await marie.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Search the queue')
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

/** Without a ticket, too. */
async function manage(desk: Technician) {
  await desk.page.evaluate(() => {
    location.hash = '#/account'
  })
  await desk.press('Manage replies')
}

test('Q11 what a colleague changes or deletes under one’s hands is said, and nothing written is lost', async () => {
  await manage(marie)
  await manage(grace)
  await write(marie, { title: 'Restart', text: 'Please restart', whose: 'Support' })
  await grace.press('Edit “Restart”')
  await grace.fill('Title', 'Off and on')
  await marie.press('Edit “Restart”')
  await marie.fill('Text', 'Please restart it')
  await marie.confirm('Keep the reply')
  await grace.sees('A colleague has changed this reply meanwhile')
  await isAccessible(grace.page, 'reply-overtaken')
  await grace.confirm('Keep the reply')
  await marie.sees('Off and on')
  await marie.sees('Please restart it')
  await grace.press('Edit “Off and on”')
  await grace.fill('Text', 'Words that matter')
  await marie.press('Delete “Off and on”')
  await marie.confirm('Delete')
  await grace.sees('A colleague has deleted this reply meanwhile')
  await grace.confirm('Keep the reply')
  await marie.sees('Words that matter')
})

test('Q11 Q12 without a server they are made and kept; the group’s arrive later, one’s own stay', async () => {
  await server.restart(async () => {
    await grace.sees('No connection to the server since')
    await write(grace, { title: 'Tunnel', text: 'Written in a tunnel', whose: 'Support' })
    await write(grace, { title: 'Own', text: 'Mine alone', whose: 'Mine' })
    await grace.page.reload()
    await manage(grace)
    await grace.sees('Written in a tunnel')
    await grace.sees('Mine alone')
  })
  await marie.sees('Written in a tunnel', 60_000)
  expect(await marie.read()).not.toContain('Mine alone')
})

test('Q11 in French, on a narrow screen', async () => {
  await grace.confirm('Close')
  await grace.choose('Français')
  await grace.press('Gérer les réponses')
  await grace.page.setViewport({ width: 420, height: 800 })
  await isAccessible(grace.page, 'replies-french')
  await grace.confirm('Nouvelle réponse')
  await grace.sees('{client} devient le nom du client')
  await isAccessible(grace.page, 'reply-form-french')
})
