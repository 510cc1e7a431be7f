import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { called, colleagueElsewhere, countSounds, hurryAlarm, look, pressNotice, putToSleep } from '../support/pager.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician } from '../support/technician.ts'

let over: AbortController
beforeEach(() => {
  over = new AbortController()
})
afterEach(() => over.abort())

const soon = { timeout: 20_000, interval: 200 }
const notice = ({ id }: { id: string }) => `waiting ${id}`

/** A technician whose desk is closed; the browser stays open. */
async function away() {
  const { signal } = over
  const { url, setupLink } = await startTestServer({ signal })
  const desk = await openTechnician(setupLink, { signal })
  const browser = desk.page.browser()
  await browser.newPage()
  await desk.page.close()
  const colleague = await colleagueElsewhere(url, 'marie@acme.example')
  return { browser, colleague, sounds: countSounds(browser) }
}

test('Q9 with the desk closed whoever waits is counted, announced and heard, and is assigned from the notification', async () => {
  const { browser, colleague, sounds } = await away()
  await vi.waitFor(async () => expect(await called(browser)).toMatchObject({ badge: '', title: 'Open Deskside' }), soon)
  const { ticket, customer } = await colleague.customerWaits()
  const waiting = { badge: '1', title: 'Deskside: customers who wait: 1', notices: [notice(ticket)] }
  await vi.waitFor(async () => expect(await called(browser)).toEqual(waiting), soon)
  await vi.waitFor(() => expect(sounds()).toBe(1), soon)

  await pressNotice(browser, notice(ticket), 1)
  await vi.waitFor(async () => expect((await called(browser)).notices).toEqual([`told ${ticket.id}`]), soon)
  expect((await colleague.read(ticket.id)).state).toEqual({ kind: 'open', assignee: colleague.me.id })
  // The desk is still closed, so nobody has answered yet.
  expect((await called(browser)).badge).toBe('1')

  await pressNotice(browser, `told ${ticket.id}`, 0)
  await browser.waitForTarget((target) => target.url().endsWith(`/desk.html#/ticket/${ticket.id}`))
  customer.socket.close()
  await vi.waitFor(async () => expect(await called(browser)).toMatchObject({ badge: '', notices: [] }), soon)
})

test('Q9 after the background was put to sleep an alarm wakes it, and it calls again until somebody acts', async () => {
  const { browser, colleague, sounds } = await away()
  const first = await colleague.customerWaits()
  await vi.waitFor(async () => expect(await called(browser)).toMatchObject({ badge: '1' }), soon)
  await vi.waitFor(() => expect(sounds()).toBe(1), soon)
  await hurryAlarm(browser)
  await putToSleep(browser)
  const second = await colleague.customerWaits()
  await vi.waitFor(async () => {
    const { badge, notices } = await called(browser)
    expect([badge, notices.sort()]).toEqual(['2', [notice(first.ticket), notice(second.ticket)].sort()])
  }, soon)
  // The first one was called for before the sleep, and is not called for again because of it.
  await vi.waitFor(() => expect(sounds()).toBe(2), soon)
  // Nobody acts: half a minute later it is heard again.
  await vi.waitFor(() => expect(sounds()).toBe(3), { timeout: 60_000, interval: 500 })
  first.customer.send({ type: 'leave' })
  second.customer.send({ type: 'leave' })
  await vi.waitFor(async () => expect(await called(browser)).toMatchObject({ badge: '', notices: [] }), soon)
})

test('Q9 in a pause nobody is called and the badge still counts; whoever waits at its end is announced', async () => {
  const { signal } = over
  const { url, setupLink } = await startTestServer({ signal })
  const desk = await openTechnician(setupLink, { signal })
  const browser = desk.page.browser()
  const sounds = countSounds(browser)
  const colleague = await colleagueElsewhere(url, 'marie@acme.example')
  await desk.press(/My account[\s\S]*/)
  await desk.press('Until I turn it on again')
  await desk.sees('You are not called until you turn it on again.')
  const { ticket } = await colleague.customerWaits()
  const quiet = { badge: '1', title: 'Deskside: you are not called. Customers who wait: 1', notices: [] }
  await vi.waitFor(async () => expect(await called(browser)).toEqual(quiet), soon)
  expect(sounds()).toBe(0)
  await desk.press('Call me again')
  await desk.sees('You are called.')
  await vi.waitFor(() => expect(sounds()).toBe(1), soon)
  // The desk is in sight and says by itself who waits; in another window it would be announced.
  expect(await called(browser)).toMatchObject({ badge: '1', notices: [] })
  await browser.newPage()
  await vi.waitFor(async () => expect((await called(browser)).notices).toEqual([notice(ticket)]), {
    timeout: 60_000,
    interval: 500,
  })
})

test('Q9 quiet hours are kept, and notifications, sound and repetition can be turned off', async () => {
  const { signal } = over
  const { setupLink } = await startTestServer({ signal })
  const desk = await openTechnician(setupLink, { signal })
  await desk.press(/My account[\s\S]*/)
  await desk.tick('Monday')
  await desk.sees('the next day')
  const boxes = ['Show a notification', 'A sound when a customer comes', 'Call again until somebody acts']
  for (const box of boxes) await desk.tick(box)
  await desk.page.locator('aria/Monday, from').fill('19:30')
  await isAccessible(desk.page, 'desk-account-notifications')
  await desk.page.setViewport({ width: 400, height: 860 })
  await isAccessible(desk.page, 'desk-account-notifications-narrow')
  await desk.page.reload({ waitUntil: [] })
  await desk.sees('the next day')
  expect(await desk.page.$eval('aria/Monday, from', (field) => (field as HTMLInputElement).value)).toBe('19:30')
  expect(await desk.isOn('Monday')).toBe(true)
  for (const box of boxes) expect(await desk.isOn(box), box).toBe(false)
  await desk.tick('Monday')
  await desk.seesNot('the next day')
})

test('Q9 in Firefox the badge counts and a notification is made', async () => {
  const { signal } = over
  const { url, setupLink } = await startTestServer({ signal })
  const desk = await openTechnician(setupLink, { browser: 'firefox', signal })
  const colleague = await colleagueElsewhere(url, 'marie@acme.example')
  // A machine without a place for notifications drops them at once, and says so.
  await desk.page.evaluate(rememberClosed)
  await (await desk.page.browser().newPage()).bringToFront()
  const { ticket } = await colleague.customerWaits()
  await vi.waitFor(async () => {
    const { badge, notices } = await desk.page.evaluate(look)
    expect([badge, ...notices, ...(await desk.page.evaluate(readClosed))]).toEqual(['1', notice(ticket)])
  }, soon)
})

/** The part of the extension API that the test calls in the desk's page. */
declare const chrome: { notifications: { onClosed: { addListener(closed: (name: string) => void): void } } }

// The two below run in the page.

function rememberClosed(): void {
  chrome.notifications.onClosed.addListener((name) => {
    sessionStorage.setItem('closed', name)
  })
}

function readClosed(): string[] {
  const name = sessionStorage.getItem('closed')
  return name === null ? [] : [name]
}
