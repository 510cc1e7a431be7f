import { afterAll, beforeAll, expect, test } from 'vitest'
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
  return customer
}

test('S1 the customer declines: both sides know, and it can be asked again', async () => {
  const customer = await meet('Declining')
  await customer.press('Not now')
  await customer.sees('You did not share your screen.')
  await technician.sees('Declining declined to share')
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

test('S1 the technician’s desk is reloaded: the customer is told, and the picture comes back by itself', async () => {
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
