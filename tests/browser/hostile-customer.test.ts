import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../support/launch.ts'
import { say, tamper } from '../support/link-double.ts'
import { person } from '../support/person.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

/** A customer who has the code, and says over the real link whatever they like. */
async function meet(name: string): Promise<Page> {
  await technician.page.evaluate(() => {
    location.hash = '#/'
  })
  const { link } = await technician.create(name, 'Help')
  const { browser } = await launchChromium({ signal })
  const page = await browser.newPage()
  await tamper(page)
  await page.goto(link)
  await person(page).sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  return page
}

const NOT_UNDERSTOOD = 'The other browser sent something that is not understood'

test('S1 Q7 words of a hostile customer are shown as text, and nothing else', async () => {
  const page = await meet('Mallory')
  const text = '<img src=x onerror="document.title=`taken`"><b>bold</b>\u202eesrever\u0000\u001b[31m'
  await say(page, { type: 'chat', text })
  await technician.sees('<img src=x onerror="document.title=`taken`"><b>bold</b>')
  const chat = await technician.page.$('::-p-aria([role="log"])')
  expect(await chat?.$('img, b')).toBeNull()
  expect(await technician.page.title()).not.toContain('taken')
})

test('S1 times at the end of all calendars, of words and of a screen, do not break the desk', async () => {
  const page = await meet('Methuselah')
  await page.evaluate(() => {
    const at = 8.64e15
    window.deskside_test_say?.({ type: 'chat', text: 'From far away', at })
    const state = { kind: 'shared', surface: 'monitor', mode: 'automatic', since: at }
    window.deskside_test_say?.({ type: 'screen', state })
  })
  await technician.sees('From far away')
  await technician.sees('See the screen')
  await technician.press('See the screen')
  await technician.sees('Best quality')
})

test.each<[string, object | string]>([
  ['a message of the other direction', { type: 'screen-set-mode', mode: 'speed' }],
  ['a time that no calendar has', { type: 'chat', text: 'From farther away', at: 8.64e15 + 1 }],
  ['a second hello', { type: 'hello', version: 1, share: true }],
  ['words that are too long', { type: 'chat', text: 'x'.repeat(4001) }],
  ['no JSON', '{"type":'],
  ['far too much', `"${'x'.repeat(70_000)}"`],
])('S1 %s ends the link with a reason, not the desk', async (what, message) => {
  const page = await meet(`Sender of ${what}`)
  await say(page, message)
  await technician.sees(NOT_UNDERSTOOD)
  await page.browser().close()
})

test('S1 Q7 a hundred thousand messages cost the sender the link, and the technician next to nothing', async () => {
  const page = await meet('Flooding')
  await page.evaluate(flood)
  await technician.sees(NOT_UNDERSTOOD, 10_000)
  const lines = (await technician.read()).match(/Flood \d+/g)
  expect(lines?.length, 'the page shows the latest of them').toBeLessThanOrEqual(200)
  await technician.press(/Show earlier messages.*/)
  await page.browser().close()
})

test('S1 a screen that flaps on and off without end is taken for the flood that it is', async () => {
  const page = await meet('Flapping')
  await page.evaluate(flap)
  await technician.sees(NOT_UNDERSTOOD, 10_000)
})

// What follows runs in the customer's page.

async function flood(): Promise<void> {
  for (let i = 0; i < 100_000; i++) {
    window.deskside_test_say?.({ type: 'chat', text: `Flood ${i}` })
    if (i % 1000 === 0) await new Promise((resolve) => setTimeout(resolve))
  }
}

async function flap(): Promise<void> {
  const shared = { kind: 'shared', surface: 'monitor', mode: 'automatic', since: 0 }
  for (let i = 0; i < 5000; i++) {
    const state = i % 2 === 0 ? shared : { kind: 'not-shared', why: 'stopped' }
    window.deskside_test_say?.({ type: 'screen', state })
    if (i % 100 === 0) await new Promise((resolve) => setTimeout(resolve))
  }
}
