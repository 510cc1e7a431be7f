import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { fakeDevices, hasPicture, hasVoice, waitForCamera, waitForSilence, waitForVoice } from '../support/call.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { openExtensionPage } from '../support/launch.ts'
import type { MailServer } from '../support/mail-server.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let jean: Customer

beforeAll(async () => {
  ;({ mail, marie, grace } = await openTwoDesks(signal, fakeDevices))
  await toQueue(grace)
  jean = await meet('Jean Dupont')
}, 120_000)
afterAll(async () => {
  over.abort()
  await mail.close()
})

async function meet(name: string): Promise<Customer> {
  await toQueue(marie)
  const { link } = await marie.create(name, 'It does not print')
  const customer = await openCustomer(link, { signal, args: fakeDevices })
  await customer.sees('connected')
  await marie.press(new RegExp(`.*${name}.*`))
  await marie.press('Connect')
  await marie.sees('End session')
  return customer
}

async function toJean() {
  await toQueue(marie)
  await marie.press(/.*Jean Dupont.*/)
  await marie.press('Connect')
  await marie.sees('End session')
}

async function callJean(how: 'Only voice' | 'With camera') {
  await marie.press('Call Jean Dupont')
  await marie.press(how)
  await jean.press(how)
  await waitForVoice(marie.page)
  await waitForVoice(jean.page)
}

test('S9 the customer mutes with a key, but not while writing; the call leaves a line with its length', async () => {
  await callJean('Only voice')
  await jean.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await jean.page.keyboard.press('M')
  await marie.sees('Jean Dupont has muted the microphone')
  await waitForSilence(marie.page)
  await jean.page.keyboard.press('M')
  await marie.seesNot('Jean Dupont has muted the microphone')
  await jean.say('Write to Marie Blanc…', 'MM')
  await marie.sees('MM')
  expect(await marie.read()).not.toContain('has muted the microphone')
  await marie.press('End the call')
  await marie.sees(/Call to Jean Dupont, \d+:\d\d/)
  await jean.press('Call Marie Blanc')
  await jean.press('Only voice')
  await marie.press('No')
  await marie.sees('Call from Jean Dupont, not taken up')
  await marie.choose('Timeline')
  await marie.sees(/Call to Jean Dupont, \d+:\d\d · noted by Marie Blanc/)
  await isAccessible(marie.page, 'call-timeline')
  await marie.choose('Chat')
  await jean.press('Close')
})

test('S9 a camera that the technician gives up is closed at the customer’s, and the voices go on', async () => {
  await callJean('With camera')
  await waitForCamera(marie.page, 'Jean Dupont’s camera')
  await marie.choose('Consent')
  await marie.press(/Give up: Camera.*/)
  await expect.poll(() => hasPicture(marie.page, 'Jean Dupont’s camera'), { timeout: 20_000 }).toBe(false)
  await expect.poll(() => hasPicture(jean.page, 'Your camera'), { timeout: 20_000 }).toBe(false)
  await waitForVoice(marie.page)
  await waitForVoice(jean.page)
  await marie.choose('Chat')
})

test('S9 who calls while the technician talks with somebody else is told so', async () => {
  const ana = await meet('Ana Souza')
  await ana.press('Call Marie Blanc')
  await ana.press('Only voice')
  await ana.sees('Marie Blanc is in another call.')
  await isAccessible(ana.page, 'call-busy')
  await ana.browser.close()
  await marie.press('End the call')
  await jean.sees('Marie Blanc ended the call.')
  await jean.press('Close')
})

test('S9 a device that another program has is named, with what to do', async () => {
  // As a camera that another program holds: no machine for tests has one.
  await jean.page.evaluate(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    let taken = true
    navigator.mediaDevices.getUserMedia = (wish) =>
      taken ? Promise.reject(new DOMException('Could not start', 'NotReadableError')) : open(wish)
    addEventListener('deskside-test-free', () => {
      taken = false
    })
  })
  await jean.press('Call Marie Blanc')
  await jean.press('Only voice')
  await jean.sees('The microphone does not answer: another program may use it.')
  await isAccessible(jean.page, 'call-device-taken')
  await jean.page.evaluate(() => dispatchEvent(new Event('deskside-test-free')))
  await jean.press('Cancel')
  await toJean()
  await callJean('Only voice')
})

test('S9 a second window of the desk takes nothing; a desk that is loaded anew ends the call, and one click calls again', async () => {
  const second = await openExtensionPage(
    { browser: marie.page.browser(), extensionOrigin: marie.page.url().split('/desk.html')[0] },
    'desk.html',
  )
  await second.waitForFunction(() => document.body.innerText.includes('Deskside is open in another tab'), {
    polling: 100,
  })
  await second.close()
  await marie.page.bringToFront()
  await waitForVoice(marie.page)
  await waitForVoice(jean.page)
  await marie.page.reload()
  await jean.seesNot('Call with Marie Blanc')
  await jean.sees('connected')
  await toJean()
  // The page that was in the call is gone: the next one writes what it leaves.
  await vi.waitFor(
    async () => expect((await marie.read()).match(/Call to Jean Dupont, \d+:\d\d/g)).toHaveLength(3),
    15_000,
  )
  await marie.choose('Timeline')
  await marie.sees(/Call to Jean Dupont, \d+:\d\d · noted by Marie Blanc/)
  await marie.choose('Chat')
  await callJean('Only voice')
})

test('S9 S19 a session that is handed over during a call: the call ends, the customer stays, and the colleague calls', async () => {
  await marie.press('Hand over')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.confirm('Assign')
  await jean.seesNot('Call with Marie Blanc')
  await jean.sees(/What you allow\s*Nothing at the moment\./)
  await grace.press(/.*Jean Dupont.*/)
  await grace.press('Connect')
  await grace.sees(/Call to Jean Dupont, \d+:\d\d/)
  expect(await hasVoice(marie.page)).toBe(false)
  await grace.press('Call Jean Dupont')
  await grace.press('Only voice')
  await jean.press('Only voice')
  await waitForVoice(grace.page)
  await waitForVoice(jean.page)
  await grace.press('End the call')
  await jean.sees('Grace Hopper ended the call.')
  await jean.press('Close')
})
