import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCustomer } from '../support/customer.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

const wrong = (code: string) => `${code.slice(0, -1)}${(Number(code.slice(-1)) + 1) % 10}`

test('Q6 a wrong secret is refused and counted on both sides, then the right one works', async () => {
  const { code } = await technician.create('Jean Dupont', 'Printer')
  const customer = await openCustomer(server.url, { signal })
  await customer.fill('Connection ID', wrong(code))
  await customer.press('Continue')
  await customer.sees('The last five digits don’t match. Nothing was shown or sent.')
  await technician.press(/.*Jean Dupont.*/)
  await technician.sees('Wrong code: 1 of 10')
  await customer.sees('You can try again now.')
  await customer.fill('Connection ID', code)
  await customer.press('Continue')
  await customer.sees('connected')
  await technician.sees(/Waiting now · 1/)
})

test('Q6 each wrong attempt makes the next one wait longer', async () => {
  const { code } = await technician.create('Sofia Lindqvist', 'Payroll')
  const customer = await openCustomer(server.url, { signal })
  const waits: number[] = []
  for (let attempt = 1; attempt <= 3; attempt++) {
    await customer.fill('Connection ID', wrong(code))
    await customer.press('Continue')
    await customer.sees(/don’t match[\s\S]*You can try again in \d+ s/)
    waits.push(Number(/try again in (\d+) s/.exec(await customer.read())?.[1]))
    await customer.sees('You can try again now.')
  }
  expect(waits[2], `waits of ${waits} seconds grow`).toBeGreaterThan(waits[0] ?? Infinity)
})

test('Q6 after the tenth wrong attempt the code is dead, and a new one can be made with the same details', async () => {
  const { code } = await technician.create('Ahmed Karim', 'Scanner')
  // Nine attempts would take minutes of waiting; their count lies where the desk keeps it, and reads it when it opens.
  await technician.page.evaluate(keepNineAttempts)
  await technician.page.reload()
  await technician.sees('Ahmed Karim')
  const customer = await openCustomer(server.url, { signal })
  await customer.fill('Connection ID', wrong(code))
  await customer.press('Continue')
  await customer.sees('This code can’t be used any more')
  await technician.press(/.*Ahmed Karim.*/)
  await technician.sees('This code is dead: someone typed a wrong code too often')
  await customer.press('Enter another code')
  await customer.fill('Connection ID', code)
  await customer.press('Continue')
  await customer.sees('This code can’t be used any more')
  await technician.press('Create a new connection ID')
  await technician.confirm('Create connection ID')
  await technician.sees('The connection ID for Ahmed Karim is ready')
})

/** Runs in the page: gives every open ticket nine wrong attempts, long ago. */
async function keepNineAttempts(): Promise<void> {
  const finished = (request: IDBRequest) =>
    new Promise<void>((resolve, reject) => {
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error)
    })
  const opening = indexedDB.open('deskside-wrong-secrets')
  opening.onupgradeneeded = () => opening.result.createObjectStore('attempts')
  await finished(opening)
  const rows = [...document.querySelectorAll('a[href*="/ticket/"]')]
  const store = opening.result.transaction('attempts', 'readwrite').objectStore('attempts')
  for (const row of rows) await finished(store.put({ wrong: 9, last: 0 }, row.getAttribute('href')?.split('/').pop()))
  opening.result.close()
}
