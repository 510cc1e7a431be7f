import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { openAccount } from '../support/account.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { limitedExtension, limitStorage } from '../support/storage.ts'
import { openDesk, openTechnician, setUp, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let marie: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

async function toQueue({ page, sees }: Technician) {
  await page.evaluate(() => {
    location.hash = '#/'
  })
  await sees('Create connection ID')
}

test('G4 F2 F3 the account says how much this browser keeps, of how much, and that it stays', async () => {
  await openAccount(marie)
  await marie.sees(/\d (?:kB|MB) used, of \d+ GB at most/)
  await marie.sees('Kept for good')
  await marie.page.setViewport({ width: 1440, height: 2300 })
  await isAccessible(marie.page, 'storage')
  await marie.choose('Français')
  await marie.sees('Stockage de ce navigateur')
  await marie.page.setViewport({ width: 360, height: 3200 })
  await isAccessible(marie.page, 'storage-french-narrow')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await marie.choose('English')
  await marie.page.setViewport({ width: 1440, height: 860 })
})

test('G4 storage that is almost full is said before anything is lost', async () => {
  const { usage = 0 } = await marie.page.evaluate(() => navigator.storage.estimate())
  await limitStorage(marie.page, Math.ceil(usage * 1.05))
  await toQueue(marie)
  await openAccount(marie)
  await marie.sees(/This browser’s storage is almost full: 9\d%/)
  await isAccessible(marie.page, 'storage-almost-full')
  await limitStorage(marie.page)
  await toQueue(marie)
  await openAccount(marie)
  await marie.seesNot('almost full')
})

test('Q12 G4 what a full disk does not take is said, kept in the window, and on the disk as soon as there is room', async () => {
  const extension = await limitedExtension(signal)
  const desk = await openDesk({ signal, extension })
  const own = await startTestServer({ signal })
  await setUp(desk, own.setupLink)
  await desk.create('Ines Alvarado', 'The first request')
  await desk.press(/.*Ines Alvarado.*/)
  const { usage = 0 } = await desk.page.evaluate(() => navigator.storage.estimate())
  await limitStorage(desk.page, Math.round(usage / 2))
  await own.restart(async () => {
    await desk.sees('No connection to the server since')
    // Until the browser has noticed how little there is.
    await rewriteUntil(desk, 'storage is full')
    await desk.sees('Your last changes are in this window only')
    await desk.sees('Make room on this computer’s disk')
    await isAccessible(desk.page, 'storage-full')
    await desk.press('Edit')
    await desk.fill('Request', 'Written while the disk was full')
    await desk.confirm('Save')
    await desk.sees('Written while the disk was full')
    await limitStorage(desk.page)
    await desk.press('Try again now')
    await desk.seesNot('storage is full', 60_000)
    await desk.page.reload()
    await desk.sees('Written while the disk was full')
  })
  await desk.page.browser().close()
})

async function rewriteUntil(desk: Technician, said: string) {
  for (let count = 1; count < 30 && !(await desk.read()).includes(said); count += 1) {
    await desk.press('Edit')
    await desk.fill('Request', `Rewritten ${count}`)
    await desk.confirm('Save')
    await desk.sees(`Rewritten ${count}`)
    // The browser looks at its limit now and then, not at each write.
    const seen = await desk.sees(said, 2000).then(
      () => true,
      () => false,
    )
    if (seen) return
  }
  await desk.sees(said)
}

test('G4 F3 a browser that may clear the storage is asked to keep it, and its answer is said', async () => {
  const desk = await openDesk({ signal, extension: await limitedExtension(signal) })
  const own = await startTestServer({ signal })
  await setUp(desk, own.setupLink)
  await openAccount(desk)
  await desk.sees('May be cleared')
  await desk.press('Ask the browser to keep it')
  await desk.sees('The browser did not agree')
  await isAccessible(desk.page, 'storage-may-be-cleared')
  await desk.page.browser().close()
})
