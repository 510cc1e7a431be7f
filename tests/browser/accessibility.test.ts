import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, setUp, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let customer: Customer

beforeAll(async () => {
  server = await startTestServer({ signal })
  technician = await openDesk({ signal })
})
afterAll(() => over.abort())

test('F4 the desk’s first run', async () => {
  await isAccessible(technician.page, 'desk-first-run')
  await setUp(technician, server.setupLink)
  await isAccessible(technician.page, 'desk-empty')
})

test('F4 Q6 the page to type the code on, with its error, at a phone’s width', async () => {
  customer = await openCustomer(server.url, { signal })
  await customer.page.setViewport({ width: 360, height: 740 })
  await customer.sees('Continue')
  await isAccessible(customer.page, 'customer-code')
  await customer.fill('Connection ID', '123')
  await customer.press('Continue')
  await customer.sees('A connection ID has ten digits')
  await isAccessible(customer.page, 'customer-code-error')
})

test('F4 Q1 Q7 S1 queue, ticket and session, and the customer’s side of them', async () => {
  const { link } = await technician.create('Jean Dupont', 'The printer says “offline”')
  await technician.page.bringToFront()
  await customer.page.goto(link)
  await customer.sees('connected')
  await isAccessible(customer.page, 'customer-live')
  await isAccessible(technician.page, 'desk-queue')
  await technician.press(/.*Jean Dupont.*/)
  await technician.say('Write to Jean Dupont…', 'Hello')
  await isAccessible(technician.page, 'desk-ticket')
  await technician.press('Connect')
  await customer.sees('Marie Blanc asks to see your screen')
  await isAccessible(customer.page, 'customer-asked')
  await isAccessible(technician.page, 'session-asked')
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  await isAccessible(technician.page, 'session-shared')
  await isAccessible(customer.page, 'customer-shares')
})

test('F3 F4 French is whole: no English is left on either side', async () => {
  await customer.press('Français')
  await customer.sees('Arrêter')
  await isAccessible(customer.page, 'customer-french')
  expect(await customer.page.evaluate(() => document.documentElement.lang)).toBe('fr')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await technician.press('Queue')
  await technician.press(/My account[\s\S]*/)
  await technician.choose('Français')
  await technician.sees('Mon compte')
  await isAccessible(technician.page, 'desk-account-french')
  await technician.press(/File d’attente[\s\S]*/)
  await technician.sees('En session')
  await isAccessible(technician.page, 'desk-french')
  expect(await leftInEnglish(technician.page)).toEqual([])
})

test('F4 Q1 the queue works from the keyboard alone', async () => {
  const { page } = technician
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await technician.sees('Nom du client')
  await page.keyboard.type('Clavier seul')
  await page.keyboard.press('Enter')
  await technician.sees(/\d{5}-\d{5}/)
  await page.keyboard.press('Escape')
  await technician.sees('Clavier seul')
  await page.keyboard.press('/')
  await page.keyboard.type('clavier')
  await technician.seesNot('The printer says')
  await page.keyboard.press('Enter')
  await technician.sees('Afficher le code')
})

test('F5 Q6 a browser that can’t capture is told before it is asked', async () => {
  const phone = await openCustomer('about:blank', { signal })
  await phone.page.evaluateOnNewDocument(() => {
    Object.defineProperty(MediaDevices.prototype, 'getDisplayMedia', { value: undefined })
  })
  await phone.page.setViewport({ width: 390, height: 844, isMobile: true, hasTouch: true })
  await phone.page.setUserAgent(
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36',
  )
  await technician.page.keyboard.press('Escape')
  const { page } = technician
  await page.evaluate(() => {
    location.hash = '#/account'
  })
  await technician.choose('English')
  await technician.press(/Service queue[\s\S]*/)
  const { link } = await technician.create('Phone', 'Camera')
  await phone.page.goto(link)
  await phone.sees('A phone can’t show its screen from the browser')
  await phone.seesNot('Share my screen')
  await isAccessible(phone.page, 'customer-phone')
  await technician.press(/.*Phone.*/)
  await technician.press('Connect')
  await technician.sees('Phone’s browser cannot share a screen')
})
