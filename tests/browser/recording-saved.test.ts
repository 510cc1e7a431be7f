import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { waitForColour } from '../support/colours.ts'
import { inOrder, watchFilm } from '../support/film.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { limitedExtension, limitStorage } from '../support/storage.ts'
import { openDesk, openTechnician, setUp, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let display: string
let profile: string

beforeAll(async () => {
  server = await startTestServer({ signal })
  display = (await startXvfb({ signal })).display
  profile = await mkdtemp(path.join(tmpdir(), 'deskside-profile-'))
})
afterAll(async () => {
  over.abort()
  await rm(profile, { recursive: true, force: true, maxRetries: 10 })
})

async function record(technician: Technician, { customer }: Sharing, seconds: number) {
  await technician.press('Start recording')
  await customer.press('Allow')
  await technician.sees(new RegExp(`Recording 0:0[${seconds}-9]`))
}

/** What the bar says, in seconds. */
const lengthOf = async ({ read }: Technician) => Number(/Recording 0:(\d\d)/.exec(await read())?.[1])

test('S7 a browser that is killed while it records has lost 2 s at most when it is started again', async () => {
  const args = [`--user-data-dir=${profile}`]
  const technician = await openTechnician(server.setupLink, { signal, args })
  const sharing = await shareScreen(technician, { name: 'Killed', display, signal })
  await record(technician, sharing, 3)
  await sharing.colours.show('blue')
  await waitForColour(technician.page, 'blue')
  const blue = await lengthOf(technician)
  await technician.sees(new RegExp(`Recording 0:0[${blue + 3}-9]`))
  const length = await lengthOf(technician)
  const browser = technician.page.browser()
  browser.process()?.kill('SIGKILL')
  await browser.close().catch(() => {})

  const again = await openDesk({ signal, args })
  await again.sees(/Recording 1 of Killed is kept under the ticket: 0:\d\d/)
  await again.sees('closed or reloaded while it ran')
  await isAccessible(again.page, 'recording-repaired')
  await again.press('Open')
  const film = await watchFilm(again.page)
  expect(film.duration).toBeGreaterThan(length - 2)
  expect(film.seekable).toBeCloseTo(film.duration, 1)
  expect(inOrder(film)).toEqual(['red', 'blue'])
  await again.confirm('Close')

  // Once is enough.
  await again.page.reload()
  await again.sees('Killed')
  await again.seesNot('is kept under the ticket')
  await again.page.browser().close()
  await sharing.customer.browser.close()
})

test('S7 G4 a reload ends the recording and keeps it; a disk that is almost full ends it while there is room to finish', async () => {
  const technician = await openTechnician((await startTestServer({ signal })).setupLink, { signal })
  const sharing = await shareScreen(technician, { name: 'Narrow', display, signal })
  const { page } = technician
  await record(technician, sharing, 2)
  await page.reload()
  await technician.sees('Recording 1 of Narrow is kept under the ticket')
  await sharing.customer.seesNot('is recording this session')
  await technician.press('Dismiss')

  await waitForColour(page, 'red')
  await record(technician, sharing, 2)
  const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate())
  await limitStorage(page, usage + 15_000_000)
  await technician.sees('storage is almost full, so the recording ended', 30_000)
  await technician.sees('Recording 2 of Narrow is kept under the ticket')
  await sharing.customer.seesNot('is recording this session')
  await isAccessible(page, 'recording-almost-full')
  await technician.press('Open')
  expect((await watchFilm(page)).duration).toBeGreaterThan(2)
  await page.browser().close()
  await sharing.customer.browser.close()
})

test('S7 G4 a disk that takes no more ends it too; what it took is finished once there is room', async () => {
  const technician = await openDesk({ signal, extension: await limitedExtension(signal) })
  await setUp(technician, (await startTestServer({ signal })).setupLink)
  const sharing = await shareScreen(technician, { name: 'Full', display, signal })
  const { page } = technician
  await record(technician, sharing, 2)
  const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate())
  await limitStorage(page, Math.round(usage / 2))
  // The browser counts anew when it likes.
  await technician.sees(/The recording of Full is not finished yet|Recording 1 of Full is kept/, 45_000)
  await sharing.customer.seesNot('is recording this session')
  await technician.sees('there is no room to make a film of it')
  await limitStorage(page)
  await technician.sees('Try again')
  await again(technician)
  await technician.press('Open')
  expect((await watchFilm(page)).duration).toBeGreaterThan(2)
  await page.browser().close()
})

/** Until the browser has noticed that there is room. */
async function again(technician: Technician) {
  for (let count = 0; count < 30; count += 1) {
    await technician.press('Try again')
    const kept = await technician.sees('Recording 1 of Full is kept', 1500).then(
      () => true,
      () => false,
    )
    if (kept) return
  }
  await technician.sees('Recording 1 of Full is kept')
}
