import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { waitForColour } from '../support/colours.ts'
import { openCustomer, openOwnWindow } from '../support/customer.ts'
import { chromiumCapture } from '../support/launch.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician } from '../support/technician.ts'
import { startXvfb } from '../support/xvfb.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let display: string

beforeAll(async () => {
  const server = await startTestServer({ signal })
  display = (await startXvfb({ signal })).display
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

async function meet(name: string, args?: string[]) {
  await technician.page.evaluate(() => {
    location.hash = '#/'
  })
  const { link } = await technician.create(name, 'Help')
  const customer = await openCustomer(link, { signal, ...(args ? { args } : { display }) })
  await customer.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await customer.sees('Marie Blanc asks to see your screen')
  // They move what is under them once more.
  await customer.sees('should read you these same words')
  return customer
}

test('S1 the customer declines: both sides know, and it can be asked again', async () => {
  const customer = await meet('Declining')
  await customer.press('Not now')
  await customer.sees('You did not share your screen.')
  await technician.sees('Declining declined to share')
  await technician.sees(/You can ask again in \d+ s\./)
  await isAccessible(technician.page, 'ask-again')
  await technician.press('Ask again')
  await customer.sees('Marie Blanc asks to see your screen')
})

test('S1 the picker is cancelled: both sides know', async () => {
  const customer = await meet('Cancelling', ['--use-fake-ui-for-media-stream=deny'])
  await customer.press('Share my screen')
  await customer.sees('Nothing is shared: no screen was chosen.')
  await technician.sees('Cancelling chose nothing to share')
})

test('S1 stopped from the browser’s own bar: both sides know', async () => {
  const customer = await meet('Stopping', chromiumCapture.anyTab)
  await customer.page.evaluate(keepTracks)
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  // What the browser's bar does to the page: the track ends.
  await customer.page.evaluate(() => {
    for (const track of window.deskside_test_tracks ?? []) {
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }
  })
  await customer.sees('Sharing was stopped in the browser')
  await technician.sees('Stopping stopped sharing')
})

test('S1 the customer closes the tab: the technician sees it at once, and the code still works', async () => {
  const customer = await meet('Closing')
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  await customer.page.close({ runBeforeUnload: false })
  await technician.sees(/Closing ended the session|The connection to Closing was cut/)
  expect(await technician.page.$('video')).toBeNull()
})

test('S1 Q5 S15 the technician ends: both read who did, how long it was, what is kept; resolved, and opened again', async () => {
  const customer = await meet('Finishing')
  await customer.press('Share my screen')
  await technician.sees('Best quality')
  await customer.say('Write to Marie Blanc…', 'It prints again')
  await technician.sees('It prints again')
  await technician.press('End session')
  await technician.confirm('End session')
  await technician.sees('You ended the session')
  await technician.sees(/It lasted \d+:\d\d\./)
  await technician.sees(/Kept with the ticket\s*Messages: 1\s*Permissions asked for or given: 1/)
  await isAccessible(technician.page, 'session-over')
  await customer.sees('Marie Blanc ended the session')
  await customer.sees(/It lasted \d+:\d\d\./)
  await customer.sees('Nothing runs on this computer any more. Acme IT Support keeps what you wrote')
  await customer.press('What you allowed and refused (1)')
  await customer.sees('Marie Blanc ended it.')
  await isAccessible(customer.page, 'session-over-customer')
  await technician.press('Resolve…')
  await technician.confirm('Resolve')
  await technician.sees('You resolved this ticket')
  await technician.press('Reopen')
  await technician.sees('Copy link')
  await customer.press('Connect again')
  await customer.sees('connected')
  await customer.browser.close()
})

test('S1 F3 F4 the customer ends: the technician reads it, and finds the ways on; in French, too, and on a narrow screen', async () => {
  const customer = await meet('Leaving')
  await customer.press('I’m done')
  await customer.sees('You left the session')
  await customer.sees(/It lasted \d+:\d\d\./)
  await technician.sees('Leaving ended the session')
  await technician.sees(/Kept with the ticket\s*Permissions asked for or given: 1/)
  await customer.press('Français')
  await customer.sees('Elle a duré')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await customer.page.setViewport({ width: 390, height: 780 })
  await isAccessible(customer.page, 'session-over-customer-french-narrow')
  await technician.press('Back to the queue')
  await technician.sees('Create connection ID')
  await customer.browser.close()
})

test('S1 S13 the technician’s desk is reloaded: the customer is told, and the picture comes back by itself', async () => {
  const colours = await openOwnWindow(display, signal)
  await colours.show('lime')
  const customer = await meet('Waiting')
  await customer.press('Share my screen')
  await waitForColour(technician.page, 'lime')
  await technician.page.evaluate(() => location.reload())
  await customer.sees('The connection was cut')
  await customer.sees('Connected again')
  await waitForColour(technician.page, 'lime')
})

declare global {
  interface Window {
    deskside_test_tracks?: MediaStreamTrack[]
  }
}

/** Runs in the page: remembers what is captured, so that the test can end it as the browser's bar would. */
function keepTracks(): void {
  const capture = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getDisplayMedia = async (options) => {
    const stream = await capture(options)
    window.deskside_test_tracks = stream.getTracks()
    return stream
  }
}
