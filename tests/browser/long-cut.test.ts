import { afterAll, beforeAll, type TestContext, test } from 'vitest'
import { DIAL_MS, RECONNECT_MS } from '../../protocol/limits.ts'
import { isAccessible } from '../support/accessible.ts'
import { waitForColour } from '../support/colours.ts'
import { startNetwork, whyNoNetwork } from '../support/network.ts'
import { takeScreenshot } from '../support/screenshot.ts'
import { openThreePlaces, paint, type ThreePlaces } from '../support/three-places.ts'

const over = new AbortController()
const { signal } = over
const refusal = whyNoNetwork()
let places: ThreePlaces

beforeAll(async () => {
  if (refusal) return console.warn(`NOT TESTED: a cut that lasts. Here ${refusal}`)
  // Without a relay: where the direct path is gone, nothing is left but the server.
  places = await openThreePlaces(startNetwork(signal), {}, signal)
})
afterAll(() => over.abort())

test('S13 a cut that lasts longer than a session is kept for, and than the first try to begin anew: both sides read since when, then begin anew by themselves when the line is back, with the picture', async (context) => {
  needsNetwork(context)
  const { network, technician, meet } = places
  const impatient = await meet('Impatient')
  const customer = await meet('Patient')
  await customer.press('Share my screen')
  await paint(customer, 'red')
  await waitForColour(technician.page, 'red')
  network.allowDirect(false)
  await technician.sees('The connection to Patient was cut')
  await Promise.all([technician.sees(/Cut for\s+0:\d\d/), customer.sees(/Cut for\s+0:\d\d/)])
  await takeScreenshot(technician.page, 'session-cut-long')
  await customer.say('Write to Marie Blanc…', 'Written in the long cut')
  await Promise.all([
    technician.sees('It is made again by itself as soon as the other browser answers', RECONNECT_MS + 10_000),
    // The card's title says it from the beginning, the chat only now.
    customer.sees(/The connection was cut[\s\S]+Cut for\s+2:\d\d[\s\S]+The connection was cut/, RECONNECT_MS + 10_000),
  ])
  await takeScreenshot(technician.page, 'session-lost')
  await takeScreenshot(customer.page, 'customer-lost')
  await Promise.all([
    customer.sees('It is tried again by itself', DIAL_MS + 20_000),
    technician.sees('browser could not be reached', DIAL_MS + 20_000),
  ])
  await takeScreenshot(technician.page, 'session-no-way-back')
  await isAccessible(customer.page, 'customer-no-way-back')
  await customer.press('Français')
  await customer.sees('Se reconnecter')
  await isAccessible(customer.page, 'customer-no-way-back-french')
  await customer.press('English')
  // Anew as if they had never met: that is tried again, too.
  await impatient.press('Connect again')
  await impatient.sees('No connection could be made', DIAL_MS + 20_000)
  await isAccessible(impatient.page, 'customer-no-way')
  network.allowDirect(true)
  const began = performance.now()
  await customer.sees('Connected again', 80_000)
  await technician.seesNot('The connection to Patient was cut')
  await technician.sees('Written in the long cut')
  await paint(customer, 'lime')
  await waitForColour(technician.page, 'lime', 30_000)
  console.log(`the picture is back after ${Math.round(performance.now() - began)} ms`)
  await customer.sees('One browser tab is visible')
  await customer.seesNot('Cut for')
  await impatient.seesNot('No connection could be made', 80_000)
  await impatient.sees('connected')
}, 360_000)

function needsNetwork(context: TestContext) {
  if (refusal) context.skip(refusal)
}
