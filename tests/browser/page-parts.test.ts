import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

/** The network loses what is asked for of these, so many times each, until it does not. */
async function lose(page: Page, files: RegExp, times: number): Promise<{ lost: string[]; stop(): void }> {
  const lost: string[] = []
  let left = times
  await page.setRequestInterception(true)
  page.on('request', (request) => {
    const name = files.exec(request.url())?.[0]
    if (!name || lost.filter((one) => one === name).length >= left) return void request.continue()
    lost.push(name)
    void request.abort('connectionreset')
  })
  const stop = () => {
    left = 0
  }
  return { lost, stop }
}

test('S13 parts of the page that the network loses are asked for again, and the session goes on as if nothing had been', async () => {
  await toQueue(technician)
  const { link } = await technician.create('Ines Martin', 'Help')
  const customer = await openCustomer('about:blank', { signal })
  const parts = ['page-', 'words-en-first', 'later-parts', 'words-en-later', 'customer-session', 'exchange']
  const { lost } = await lose(customer.page, new RegExp(parts.join('|')), 1)
  await customer.page.goto(link)
  await customer.sees('connected')
  // What came with the parts that were lost, in words.
  await customer.sees('Send files')
  expect([...lost].sort()).toEqual([...parts].sort())
  await customer.press('I did not ask for this')
  await customer.sees('hang up')
  await customer.browser.close()
})

test('S13 where they cannot be had at all the page says so and goes on; what came meanwhile is there when they are', async () => {
  await toQueue(technician)
  const { link } = await technician.create('Rosa Lima', 'Help')
  const customer = await openCustomer('about:blank', { signal })
  const { stop } = await lose(customer.page, /later-parts/, Number.POSITIVE_INFINITY)
  await customer.page.goto(link)
  await customer.sees('connected')
  await technician.press(/.*Rosa Lima.*/)
  await technician.press('Connect')
  await technician.choose('Files')
  await technician.press('Request access')
  await customer.sees('Part of this page could not be loaded', 30_000)
  await isAccessible(customer.page, 'part-failed')
  await customer.press('Not now')
  expect(await customer.read()).not.toContain('asks to look into a folder')
  stop()
  await customer.press('Try again')
  await customer.seesNot('Part of this page could not be loaded')
  await customer.sees('Marie Blanc asks to look into a folder')
  await customer.browser.close()
})

test('F3 where the other language cannot be loaded the page says so, goes on, and has it when it is asked again', async () => {
  await toQueue(technician)
  const { link } = await technician.create('Paul Petit', 'Help')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await customer.page.setOfflineMode(true)
  await customer.press('Français')
  await customer.sees('French could not be loaded')
  await takeScreenshot(customer.page, 'language-failed')
  await customer.page.setOfflineMode(false)
  await customer.press('Français')
  await customer.sees('J’ai terminé')
  expect(await customer.read()).not.toContain('could not be loaded')
  // What is loaded later is in that language too.
  await customer.sees('Envoyer des fichiers')
  await customer.press('English')
  await customer.sees('Send files')
  await customer.browser.close()
})
