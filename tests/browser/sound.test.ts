import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { waitForColour } from '../support/colours.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { filmSound } from '../support/film.ts'
import { chromiumCapture } from '../support/launch.ts'
import { openRadio, playing, waitForTone } from '../support/radio.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
const TONE = 880
let technician: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

/** A customer with a radio in another tab, which is what the browser's picker picks. */
async function meet(name: string): Promise<Customer> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'It makes a strange noise')
  const customer = await openCustomer(link, { signal, audible: true, args: chromiumCapture.tabCalled('Radio') })
  await openRadio(customer.browser, 'Radio', TONE)
  await customer.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  return customer
}

const plays = (what: object | undefined) =>
  vi.waitFor(async () => {
    const now = await playing(technician.page)
    if (what) expect(now).toMatchObject(what)
    else expect(now).toBeUndefined()
  })

test('S18 the sound of a tab is heard with its picture, muted and made quieter at the desk, and taken back alone', async () => {
  const customer = await meet('Jean Dupont')
  await customer.press('Share my screen')
  await waitForColour(technician.page, 'blue')
  await waitForTone(technician.page, TONE)
  await technician.sees('You hear the sound of Jean Dupont’s computer')
  await customer.sees('Marie Blanc also hears its sound')
  await customer.sees('Marie Blanc sees your screen now and hears its sound')
  await isAccessible(technician.page, 'session-sound')
  await isAccessible(customer.page, 'customer-sound')
  await customer.page.setViewport({ width: 390, height: 844 })
  await isAccessible(customer.page, 'customer-sound-narrow')
  await technician.page.setViewport({ width: 390, height: 844 })
  await isAccessible(technician.page, 'session-sound-narrow')
  await technician.page.setViewport({ width: 1440, height: 860 })

  await technician.press('Mute')
  await plays({ muted: true })
  await technician.page.waitForSelector('::-p-aria([name="Mute"][role="button"])[aria-pressed="true"]')
  await technician.page.keyboard.press('m')
  await plays({ muted: false, paused: false, volume: 1 })
  await technician.page.focus('aria/Volume')
  await technician.page.keyboard.press('ArrowDown')
  await technician.page.keyboard.press('ArrowDown')
  await plays({ volume: 0.9 })

  // The browser has gone to the tab that is shown.
  await customer.page.bringToFront()
  await customer.press('Stop the sound')
  await technician.seesNot('You hear the sound')
  await plays(undefined)
  expect(await technician.page.$('aria/Volume')).toBeNull()
  await customer.seesNot('Marie Blanc also hears its sound')
  await customer.sees('Marie Blanc sees your screen now')
  await waitForColour(technician.page, 'blue')

  await customer.press('Stop sharing')
  await technician.sees('Jean Dupont stopped sharing')
  await customer.press('Share my screen')
  await waitForTone(technician.page, TONE)
  await plays({ volume: 0.9 })
  await customer.page.bringToFront()
  await customer.press('Stop sharing')
  await plays(undefined)
  await customer.browser.close()
})

test('S7 S18 a recording has the sound that is shared', async () => {
  const customer = await meet('Recorded')
  await customer.press('Share my screen')
  await waitForTone(technician.page, TONE)
  await technician.press('Start recording')
  await customer.page.bringToFront()
  await customer.press('Allow')
  await technician.sees(/Recording 0:(0[3-9]|[1-5]\d)/)
  await technician.press('Stop recording')
  await technician.press('Open')
  const { loudest, hertz } = await filmSound(technician.page)
  expect(loudest).toBeGreaterThan(0.02)
  expect(hertz).toBeGreaterThan(TONE - 20)
  expect(hertz).toBeLessThan(TONE + 20)
  await technician.confirm('Close')
  await technician.press('Dismiss')
  await customer.browser.close()
})

test('S13 S18 after a cut the sound is back by itself', async () => {
  const customer = await meet('Cut off')
  await customer.press('Share my screen')
  await waitForTone(technician.page, TONE)
  const session = await customer.page.createCDPSession()
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  await technician.sees('The connection to Cut off was cut')
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  await technician.sees('The connection to Cut off was cut and is back')
  await waitForTone(technician.page, TONE)
  await customer.sees('Marie Blanc also hears its sound')
  await customer.browser.close()
})

test('S18 a computer that cannot give its sound shares its picture at the second try', async () => {
  const customer = await meet('Without sound')
  // As Chromium does where the computer's sound is taken by another program; nothing here can make it do so.
  await customer.page.evaluate(() => {
    const media = navigator.mediaDevices
    const real = media.getDisplayMedia.bind(media)
    media.getDisplayMedia = (options) =>
      options?.audio
        ? Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'))
        : real(options)
  })
  await customer.press('Share my screen')
  await customer.sees('nothing is shared')
  await customer.press('Share my screen')
  await waitForColour(technician.page, 'blue')
  await customer.sees('Marie Blanc sees your screen now')
  await customer.seesNot('hears its sound')
  await plays(undefined)
  await customer.browser.close()
})
