import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { givePassword, openAccount, paste } from '../support/account.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, openTechnician, PASSWORD, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
const MARIE = 'marie@acme.example'
let server: TestServer
let marie: Technician
let elsewhere: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  await openAccount(marie)
})
afterAll(() => over.abort())

async function signInElsewhere(): Promise<Technician> {
  const desk = await openDesk({ signal })
  await paste(desk, server.url)
  await givePassword(desk, MARIE)
  await desk.sees('Nobody is in the queue')
  return desk
}

test('P8 F3 F4 every section of the account is accessible, in both themes, in French and on a narrow screen', async () => {
  await marie.page.setViewport({ width: 1440, height: 1900 })
  await marie.sees(/Support\s+Here/)
  await isAccessible(marie.page, 'account')
  await marie.choose('Français')
  await marie.sees('Où votre compte est connecté en ce moment.')
  await marie.page.setViewport({ width: 360, height: 2600 })
  await isAccessible(marie.page, 'account-french-narrow')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await marie.choose('English')
  await marie.page.setViewport({ width: 1440, height: 860 })
  await marie.press('Change password')
  await isAccessible(marie.page, 'account-change-password')
  await marie.confirm('Cancel')
  await marie.page.emulateMediaFeatures([])
})

test('P8 name, language, theme and sound are kept, and the theme is there before anything is painted', async () => {
  await marie.fill('Your name', 'Marie Blanc-Noir')
  await marie.press('Save')
  await marie.sees('Saved. Customers and colleagues see the new name.')
  await marie.choose('Dark')
  await marie.tick('A sound when a customer comes')
  await marie.choose('Français')
  await marie.sees('Mon compte')
  await watchFirstPaint(marie.page)
  await marie.page.reload()
  await marie.sees('Où votre compte est connecté en ce moment.')
  await marie.sees('Marie Blanc-Noir')
  expect(await themeAtFirstPaint(marie.page)).toBe('dark')
  expect(await marie.isOn('Sombre')).toBe(true)
  expect(await marie.isOn('Un son quand un client arrive')).toBe(false)
  await marie.choose('English')
  await marie.choose('As the system')
  await marie.page.waitForFunction(() => document.documentElement.dataset.theme === undefined, { polling: 100 })
})

test('P8 F3 the name and the language of an account are there in another browser too', async () => {
  await marie.choose('Français')
  await marie.sees('Où votre compte est connecté en ce moment.')
  elsewhere = await openDesk({ signal })
  await paste(elsewhere, server.url)
  await givePassword(elsewhere, MARIE)
  await elsewhere.sees('La file est vide')
  await elsewhere.sees('Marie Blanc-Noir')
  await marie.choose('English')
  await marie.sees('Where your account is signed in now.')
})

test('P8 one’s own sign-ins are listed, and one of them is ended', async () => {
  await marie.press(/Service queue[\s\S]*/)
  await openAccount(marie)
  await marie.sees('This browser')
  await marie.press(/Sign out Chrome \d+ · Linux/)
  await elsewhere.sees(/Your sign-in is over|Vous n’êtes plus connecté/)
  await expect.poll(async () => (await marie.read()).match(/Chrome \d+ · Linux/g), { timeout: 20_000 }).toHaveLength(1)
  await elsewhere.page.browser().close()
})

test('P8 sign out everywhere ends every sign-in, this one too, after it was asked', async () => {
  elsewhere = await signInElsewhere()
  await marie.press('Sign out everywhere')
  await marie.sees('Every browser is signed out, this one too')
  await isAccessible(marie.page, 'account-sign-out-everywhere')
  await marie.confirm('Cancel')
  await marie.press('Sign out everywhere')
  await marie.confirm('Sign out everywhere')
  await marie.sees('Forgotten your password?')
  await elsewhere.sees('Your sign-in is over')
  await elsewhere.page.browser().close()
  await givePassword(marie, MARIE)
  await openAccount(marie)
})

test('P8 G3 a browser that lost the keys says so, and opens them again with the password', async () => {
  await marie.page.evaluate(forgetIdentities)
  await marie.page.reload()
  await marie.sees('Your keys are closed in this browser')
  await marie.sees(/Support\s+Closed in this browser/)
  await isAccessible(marie.page, 'keys-closed')
  await marie.press('Open my keys')
  await marie.fill('Password', 'not the right password')
  await marie.confirm('Open my keys')
  await marie.sees('This is not your password.')
  await marie.fill('Password', PASSWORD)
  await marie.confirm('Open my keys')
  await marie.sees(/Support\s+Here/)
  await marie.seesNot('Your keys are closed in this browser')
})

/** Remembers, from the next load on, which theme the page had when its first words were painted. */
async function watchFirstPaint(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const themes: { at: number; theme: string }[] = []
    new MutationObserver(() => {
      themes.push({ at: performance.now(), theme: document.documentElement.dataset.theme ?? '' })
    }).observe(document, { subtree: true, attributeFilter: ['data-theme'] })
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint')
      if (!paint) return
      const theme = themes.findLast(({ at }) => at <= paint.startTime)?.theme ?? 'none'
      sessionStorage.setItem('theme-at-first-paint', theme)
    }).observe({ type: 'paint', buffered: true })
  })
}

async function themeAtFirstPaint(page: Page): Promise<string> {
  const handle = await page.waitForFunction(() => sessionStorage.getItem('theme-at-first-paint'), { polling: 100 })
  return String(await handle.jsonValue())
}

// Runs in the page.
function forgetIdentities(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('deskside-identity')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const clearing = opening.result.transaction('identity', 'readwrite')
      clearing.objectStore('identity').clear()
      clearing.onerror = () => reject(clearing.error)
      clearing.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
}
