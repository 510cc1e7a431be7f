import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitForColour } from '../support/colours.ts'
import { inOrder, watchFilm } from '../support/film.ts'
import { startTestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let sharing: Sharing

beforeAll(async () => {
  const server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  technician = await openTechnician(server.setupLink, { signal, browser: 'firefox' })
  sharing = await shareScreen(technician, { name: 'Jean', display, signal })
})
afterAll(() => over.abort())

test('S6 F2 F6 Firefox keeps the picture that is shown, at its full size', async () => {
  await technician.page.keyboard.press('s')
  await technician.sees('Image 1 is kept under the ticket')
  await technician.press('Open')
  await technician.sees('1280 × 800')
  await technician.confirm('Close')
})

test('S7 F2 F6 Firefox records', async () => {
  await technician.press('Start recording')
  await sharing.customer.press('Allow')
  await technician.sees(/Recording 0:0[2-9]/)
  await sharing.colours.show('blue')
  await waitForColour(technician.page, 'blue')
  await technician.sees(/Recording 0:0[5-9]/)
  await technician.page.keyboard.press('r')
  await technician.sees('Recording 1 of Jean is kept under the ticket')
  await technician.press('Open')
  const film = await watchFilm(technician.page, 0.5)
  expect(film.duration).toBeGreaterThan(4)
  expect(film.seekable).toBeCloseTo(film.duration, 1)
  expect(inOrder(film)).toEqual(['red', 'blue'])
})
