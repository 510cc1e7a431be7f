import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { draw, drawLine, type Place, waitForInk, watchInk } from '../support/board.ts'
import { waitForColour } from '../support/colours.ts'
import { type Film, inOrder, watchFilm } from '../support/film.ts'
import { recorded, recordedMore } from '../support/recording-clock.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { type Sharing, shareScreen } from '../support/sharing.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician
let sharing: Sharing

beforeAll(async () => {
  server = await startTestServer({ signal })
  const { display } = await startXvfb({ signal })
  technician = await openTechnician(server.setupLink, { signal })
  sharing = await shareScreen(technician, { name: 'Jean', display, signal })
})
afterAll(() => over.abort())

async function show(colour: 'red' | 'lime' | 'blue' | 'yellow') {
  await sharing.colours.show(colour)
  await waitForColour(technician.page, colour)
}

/** After a no, and after a question that was taken back, the next one rests: by now longer than a press waits. */
const mayAskAgain = () =>
  technician.page.waitForFunction(
    () =>
      [...document.querySelectorAll('button')].some(
        ({ title, ariaDisabled }) => title.startsWith('Start recording') && ariaDisabled !== 'true',
      ),
    { polling: 100, timeout: 45_000 },
  )

test('S7 the customer is asked; refused, nothing is recorded, and the technician is told', async () => {
  const { customer } = sharing
  await technician.page.keyboard.press('r')
  await technician.sees('Jean is asked about recording')
  await customer.sees('Marie Blanc asks to record this session')
  await customer.press('Do not allow')
  await technician.sees('Jean does not want to be recorded')
  await technician.sees('Nothing was recorded')
  await isAccessible(technician.page, 'recording-refused')
  await technician.press('Dismiss')
  await technician.seesNot('Recording 0:')
  await technician.press('Start recording')
  await customer.sees('Marie Blanc asks to record this session')
  await technician.press('Do not ask any more')
  await customer.seesNot('Marie Blanc asks to record this session')
})

test('S7 granted, it runs, pauses, goes on and is kept as a film of the right length that can be wound', async () => {
  const { customer } = sharing
  await show('red')
  await mayAskAgain()
  await technician.press('Start recording')
  await customer.press('Allow')
  await technician.sees(/Recording 0:\d\d/)
  await customer.sees('Marie Blanc is recording this session')
  await isAccessible(customer.page, 'recording-customer')
  await isAccessible(technician.page, 'recording-runs')
  await technician.sees(/Recording \d:\d\d · [\d.]+ [kM]B/)
  await recordedMore(technician, 2)
  await technician.page.keyboard.press('P')
  await technician.sees('Recording paused')
  await show('yellow')
  await show('lime')
  await technician.press('Resume the recording')
  await recordedMore(technician, 2)
  await show('blue')
  await recordedMore(technician, 2)
  const length = await recorded(technician)
  await technician.page.keyboard.press('r')
  await technician.sees(/Recording 1 of Jean is kept under the ticket: \d+:\d\d/)
  await customer.seesNot('is recording this session')
  await technician.press('Open')
  const film = await watchFilm(technician.page)
  expect(film.width * film.height).toBe(1280 * 800)
  expect(film.duration).toBeGreaterThanOrEqual(length)
  expect(film.duration).toBeLessThan(length + 2)
  expect(film.seekable).toBeCloseTo(film.duration, 1)
  expect(inOrder(film), 'what was shown while it paused is not in it').toEqual(['red', 'lime', 'blue'])
  await isAccessible(technician.page, 'recording-view')
  await technician.confirm('Close')
  await technician.press('Dismiss')
})

test('S7 S5 what is drawn is in the film', async () => {
  const { page } = technician
  await show('blue')
  await watchInk(page)
  await technician.press('Start recording')
  await sharing.customer.press('Allow')
  await technician.sees(/Recording 0:\d\d/)
  await recordedMore(technician, 1)
  await page.keyboard.press('w')
  await technician.sees('The recording has the screen, not this whiteboard')
  await isAccessible(page, 'recording-sheet')
  await page.keyboard.press('w')
  await technician.seesNot('not this whiteboard')
  await drawLine(technician)
  await recordedMore(technician, 2)
  await page.keyboard.press('r')
  await technician.sees(/Recording 2 of Jean is kept under the ticket/)
  await technician.press('Open')
  expect(whole(inOrder(await watchFilm(page)))).toEqual(['blue', 'red'])
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await technician.press('Undo')
  await technician.press('Pen')
})

test('S7 S5 drawings are left out of the film where the technician wants that, and stay on the screen', async () => {
  const { page } = technician
  await show('blue')
  await technician.press('With drawings')
  await drawLine(technician)
  await record()
  await recordedMore(technician, 2)
  await page.keyboard.press('r')
  await technician.sees(/Recording \d of Jean is kept under the ticket/)
  await technician.press('Open')
  expect(whole(inOrder(await watchFilm(page)))).toEqual(['blue'])
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  await waitForInk(page, [0.75, 0.505], 'drawn')
  await technician.press('Undo')
  await technician.press('Pen')
  await technician.press('With drawings')
})

test('S7 S5 a stroke that is not finished yet is in the film, and so is the light of a laser', async () => {
  const { page } = technician
  await show('blue')
  await record()
  await technician.press('Pen')
  await technician.choose('Red')
  await technician.choose('Thick')
  const across: Place[] = [
    [0.6, 0.505],
    [0.9, 0.505],
  ]
  await draw(page, across, { hold: true })
  await waitForInk(page, [0.75, 0.505], 'live')
  await recordedMore(technician, 1)
  await page.keyboard.press('r')
  await technician.sees(/Recording \d of Jean is kept under the ticket/)
  await page.mouse.up()
  expect(whole(inOrder(await watchedAndDeleted()))).toEqual(['blue', 'red'])
  await technician.press('Undo')

  await record()
  await technician.press('Laser pointer')
  for (let turn = 0; turn < 8; turn += 1) await draw(page, turn % 2 === 0 ? across : across.toReversed())
  await page.keyboard.press('r')
  expect(inOrder(await watchedAndDeleted())).toContain('red')
  await technician.press('Laser pointer')
})

/** Without the moment in which a stroke covers only half of what is looked at. */
const whole = (colours: readonly string[]) => colours.filter((colour) => colour !== 'other')

async function record() {
  await technician.press('Start recording')
  await sharing.customer.press('Allow')
  await technician.sees(/Recording 0:\d\d/)
  await recordedMore(technician, 1)
}

/** The film that has just been kept. */
async function watchedAndDeleted(): Promise<Film> {
  await technician.sees(/Recording \d of Jean is kept under the ticket/)
  await technician.press('Open')
  const film = await watchFilm(technician.page)
  await technician.confirm('Delete')
  await technician.confirm('Delete')
  return film
}

test('S7 it goes on while the desk is in the background, until the customer stops it', async () => {
  const { customer } = sharing
  await show('red')
  await technician.press('Start recording')
  await customer.press('Allow')
  await technician.sees(/Recording 0:(0[1-9]|[1-5]\d)/)
  const front = await technician.page.browser().newPage()
  await front.bringToFront()
  await technician.page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 100 })
  for (const colour of ['lime', 'blue'] as const) {
    await sharing.colours.show(colour)
    await recordedMore(technician, 2)
  }
  await customer.press('Stop the recording')
  await front.close()
  await technician.page.bringToFront()
  await technician.sees('Jean stopped it. What was recorded until then is kept.')
  await technician.press('Open')
  const film = await watchFilm(technician.page)
  expect(inOrder(film)).toEqual(['red', 'lime', 'blue'])
  const hidden = film.colours.filter((colour) => colour === 'lime' || colour === 'blue')
  expect(hidden.length, 'each colour was recorded for about as long as it was shown').toBeGreaterThan(8)
  await technician.confirm('Close')
  await technician.press('Dismiss')
})

test('S7 F3 the film is kept by itself when the session ends', async () => {
  await technician.press('Start recording')
  await sharing.customer.press('Allow')
  await technician.sees(/Recording 0:(0[1-9]|[1-5]\d)/)
  await technician.press('End session')
  await technician.confirm('End session')
  await technician.sees(/Recording \d of Jean is kept under the ticket/)
  await technician.sees('The session ended.')
  await technician.choose('Media')
  await technician.sees('Recording 1')
  await technician.page.setViewport({ width: 390, height: 860 })
  await isAccessible(technician.page, 'recording-kept-narrow')
})
