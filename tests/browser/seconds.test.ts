import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { draw, waitForInk, watchInk } from '../support/board.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import { openDesk, signUp, type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let omar: Technician
let rosa: Customer

beforeAll(async () => {
  ;({ mail, marie, grace } = await openTwoDesks(signal))
  omar = await openDesk({ signal })
  await signUp(omar, await inviteByMail(marie, mail, 'omar@acme.example', 'Support'), 'Omar Haddad')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('Q11 an invited colleague reads the chat and writes notes, and says nothing to the customer', async () => {
  await toQueue(grace)
  const { link } = await grace.create('Rosa Lima', 'The scanner hums')
  const customer = await openCustomer(link, { signal })
  rosa = customer
  await customer.sees('connected')
  await grace.press(/.*Rosa Lima.*/)
  await grace.say('Write to Rosa Lima…', 'Since when does it hum?')
  await customer.sees('Since when does it hum?')
  await omar.press(/.*Rosa Lima.*/)
  await omar.seesNot('Since when does it hum?')
  await grace.press('More')
  await grace.press('Invite a colleague…')
  await grace.pick('Colleague', 'Omar Haddad')
  await isAccessible(grace.page, 'second-dialog')
  await grace.confirm('Invite')
  await omar.sees('You are invited to the ticket of Rosa Lima, which Grace Hopper has.')
  await omar.press('Dismiss')
  await omar.sees('Invited')
  await omar.sees(/Grace Hopper\s*Since when does it hum\?/)
  expect(await omar.read()).toContain('Leave this ticket')
  await omar.choose('Notes')
  await omar.press('Write a note')
  await omar.page.keyboard.type('It is the lamp, I had that one')
  await omar.press('Done')
  await grace.choose('Notes')
  await grace.sees('It is the lamp, I had that one')
  await grace.sees('Last written by Omar Haddad')
})

test('Q11 S5 an invited colleague sees the ticket’s whiteboard, as it is drawn and afterwards', async () => {
  await grace.press('Connect')
  await grace.press('Whiteboard')
  await omar.choose('Whiteboard')
  await omar.sees('Nothing has been drawn for this ticket.')
  await grace.press('Box')
  await draw(grace.page, [
    [0.3, 0.3],
    [0.7, 0.7],
  ])
  await omar.sees('Drawn on the whiteboard')
  await watchInk(omar.page)
  await waitForInk(omar.page, [0.3, 0.5], 'drawn')
  await isAccessible(omar.page, 'board-ticket')
  await grace.press('Queue')
  await rosa.browser.close()
})

test('Q11 the timeline tells who did what; the colleague leaves, and the case is closed to them', async () => {
  await grace.choose('Timeline')
  await grace.sees(/Grace Hopper made the connection ID[\s\S]*Rosa Lima is connected/)
  await grace.sees('Grace Hopper invited Omar Haddad')
  await isAccessible(grace.page, 'timeline')
  await omar.choose('Timeline')
  await omar.press('Leave this ticket')
  await omar.seesNot('Invited colleagues')
  await omar.sees('Omar Haddad left as invited colleague')
  await omar.sees('What happened in the sessions is shown to')
  await omar.choose('Notes')
  await omar.sees('Only the assignee, invited colleagues and admins read the notes.')
  await omar.choose('Chat')
  await omar.seesNot('Since when does it hum?')
  await grace.sees('Omar Haddad left as invited colleague')
  // Whoever leaves knows it.
  await omar.seesNot('You are no longer invited')
})

test('Q11 who was removed reads that at once, sends nothing more, and goes on where it was when invited again', async () => {
  await invite('Omar Haddad')
  await omar.sees('Since when does it hum?')
  await omar.choose('Notes')
  await omar.press('Edit the notes')
  await grace.press('Remove Omar Haddad')
  await omar.seesNot('Since when does it hum?')
  await omar.sees('You are no longer invited to the ticket of Rosa Lima.')
  await omar.sees('Only the assignee, invited colleagues and admins read the notes.')
  await grace.choose('Timeline')
  await grace.sees('Grace Hopper ended the invitation of Omar Haddad')
  await grace.choose('Notes')
  await grace.press('Edit the notes')
  await grace.page.keyboard.type('Lamp ordered. ')
  await grace.press('Done')
  await omar.seesNot('Lamp ordered.')
  await invite('Omar Haddad')
  await omar.sees('Lamp ordered.')
})

test('Q11 an invitation needs the server, and says so; the ticket is as it was', async () => {
  await grace.press('Remove Omar Haddad')
  await omar.sees('You are no longer invited')
  await grace.seesNot('Invited colleagues')
  await grace.page.setOfflineMode(true)
  await grace.press('More')
  await grace.press('Invite a colleague…')
  await grace.pick('Colleague', 'Omar Haddad')
  await grace.confirm('Invite')
  await grace.sees('This needs the server')
  await grace.page.setOfflineMode(false)
  await grace.confirm('Close')
  await grace.seesNot('Invited colleagues')
})

async function invite(colleague: string) {
  await grace.press('More')
  await grace.press('Invite a colleague…')
  await grace.pick('Colleague', colleague)
  await grace.confirm('Invite')
}
