import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { putToSleep } from '../support/asleep.ts'
import { person } from '../support/person.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

/** What a technician looks at beside the picture: its window, and the list of the keys. */

const over = new AbortController()
const { signal } = over
let technician: Technician
let sharing: Sharing

beforeAll(async () => {
  const server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  sharing = await shareScreen(technician, { name: 'Jean Dupont', display, signal })
  // As in a browser that has no windows that stay in front: one that the driver can look into.
  await technician.page.evaluate(() => {
    Object.defineProperty(window, 'documentPictureInPicture', { value: undefined })
  })
})
afterAll(() => over.abort())

async function popOut(): Promise<Page> {
  const opened = new Promise<Page | null>((resolve) => technician.page.once('popup', resolve))
  await technician.page.keyboard.press('o')
  const own = await opened
  if (!own) throw new Error('No window was opened.')
  await own.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0, { polling: 100 })
  return own
}

/** Cuts the link, and looks at what the window says of it. */
async function seesCut(own: Page, words: string, name: string) {
  const wake = putToSleep(sharing.customer.browser)
  await person(own).sees(words, 30_000)
  await isAccessible(own, name)
  await own.setViewport({ width: 320, height: 200 })
  await takeScreenshot(own, `${name}-small`)
  expect(await own.evaluate(() => document.documentElement.scrollHeight), 'all of it is in sight').toBe(200)
  wake()
  await person(own).seesNot(words, 30_000)
}

test('S2 S13 the picture’s own window says when the connection is cut, large and small', async () => {
  const own = await popOut()
  await seesCut(own, 'The connection to Jean Dupont was cut', 'own-window-cut')
  await own.close()
  await technician.sees('Best quality')
})

test('S2 F3 the list of the keys can be read, over a session and over the queue, in both languages and on a narrow page', async () => {
  const { page } = technician
  for (const [language, closes, place] of [
    ['English', 'Close', 'session'],
    ['Français', 'Fermer', 'session-french'],
  ] as const) {
    await speak(language)
    await page.keyboard.press('?')
    await technician.sees(language === 'English' ? 'Move the picture' : 'Déplacer l’image')
    // Read from the top, and not from the button that the focus is on.
    expect(await page.evaluate(() => document.querySelector('dialog')?.scrollTop)).toBe(0)
    await isAccessible(page, `keys-${place}`)
    if (language === 'Français') expect(await leftInEnglish(page)).toEqual([])
    await technician.confirm(closes)
    await page.setViewport({ width: 390, height: 800 })
    await page.keyboard.press('?')
    await technician.sees(language === 'English' ? 'Move the picture' : 'Déplacer l’image')
    expect(await page.evaluate(() => document.querySelector('dialog')?.scrollTop)).toBe(0)
    await isAccessible(page, `keys-${place}-narrow`)
    await technician.confirm(closes)
    await page.setViewport({ width: 1440, height: 860 })
  }
  const own = await popOut()
  await seesCut(own, 'La connexion avec Jean Dupont a été coupée', 'own-window-cut-french')
  await own.close()
  await page.evaluate(() => {
    location.hash = '#/'
  })
  await technician.sees('Jean Dupont')
  await page.keyboard.press('?')
  await technician.sees('Déplacer l’image')
  await isAccessible(page, 'keys-queue-french')
})

async function speak(language: 'English' | 'Français') {
  await technician.page.evaluate(() => {
    location.hash = '#/account'
  })
  await technician.choose(language)
  await technician.page.goBack()
  await technician.sees(language === 'English' ? 'Best quality' : 'Meilleure qualité')
}
