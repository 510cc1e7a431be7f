import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import {
  callId,
  cut,
  cuttable,
  fakeDevices,
  hasPicture,
  pictureWidth,
  sentDevice,
  stagePicture,
  voiceTrack,
  waitForCamera,
  waitForLevel,
  waitForNoLevel,
  waitForSilence,
  waitForVoice,
  watchSent,
} from '../support/call.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { filmSound } from '../support/film.ts'
import { chromiumCapture } from '../support/launch.ts'
import { say, tamper } from '../support/link-double.ts'
import { called } from '../support/pager.ts'
import { recorded, recordedMore } from '../support/recording-clock.ts'
import { tonesFrom, watchTones } from '../support/ring.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician
let customer: Customer

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal, args: fakeDevices })
  await watchSent(technician.page)
  await watchTones(technician.page)
  await technician.page.reload()
  customer = await meet('Jean Dupont', [
    ...chromiumCapture.thisTab,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream=device-count=2,display-media-type=browser',
  ])
})
afterAll(() => over.abort())

async function meet(name: string, args?: string[]): Promise<Customer> {
  await toQueue(technician)
  const { link } = await technician.create(name, 'It does not print')
  const came = await openCustomer('about:blank', { signal, ...(args && { args }) })
  await tamper(came.page)
  await cuttable(came.page)
  await watchSent(came.page)
  await watchTones(came.page)
  await came.page.goto(link)
  await came.sees('connected')
  await technician.press(new RegExp(`.*${name}.*`))
  await technician.press('Connect')
  await technician.sees('End session')
  return came
}

/** Two tones that rise. */
const RING = [660, 880]

/** The stage shows new pictures on the same track as `before`. */
async function screenGoesOn({ track, frames }: { track: string; frames: number }) {
  await vi.waitFor(
    async () => {
      const now = await stagePicture(technician.page)
      expect(now.track).toBe(track)
      expect(now.frames).toBeGreaterThan(frames)
    },
    { timeout: 15_000 },
  )
}

test('S9 the customer is called, sees who rings, and both are seen and heard', async () => {
  await technician.press('Call Jean Dupont')
  await isAccessible(technician.page, 'call-how')
  const tones = await tonesFrom(customer.page)
  await technician.press('With camera')
  await technician.sees('Calling Jean Dupont…')
  await customer.sees('Marie Blanc asks for a video call')
  await isAccessible(customer.page, 'call-rings')
  // Again and again, until it is answered.
  await vi.waitFor(async () => expect((await tones()).slice(0, 4)).toEqual([...RING, ...RING]), 10_000)
  await customer.press('With camera')
  await waitForCamera(technician.page, 'Jean Dupont’s camera')
  await waitForCamera(customer.page, 'Marie Blanc’s camera')
  await waitForVoice(technician.page)
  await waitForVoice(customer.page)
  const rung = (await tones()).length
  for (const { page } of [technician, customer]) {
    expect(await sentDevice(page, 'audio')).toMatchObject({ echoCancellation: true })
    await waitForLevel(page, 'How loud you are')
  }
  await waitForLevel(technician.page, 'How loud Jean Dupont is')
  await waitForLevel(customer.page, 'How loud Marie Blanc is')
  await customer.sees(/What you allow\s*Microphone\s*Marie Blanc[\s\S]*Camera\s*Marie Blanc/)
  await technician.sees('Allowed: Microphone, Camera')
  await isAccessible(technician.page, 'call-desk')
  await isAccessible(customer.page, 'call-customer')
  expect((await tones()).length).toBe(rung)
})

test('S9 S18 the screen is shared and stopped while they talk: the same voices go on', async () => {
  const voices = () => Promise.all([voiceTrack(technician.page), voiceTrack(customer.page)])
  const before = await voices()
  const goOn = async () => {
    await Promise.all([waitForVoice(technician.page), waitForVoice(customer.page)])
    expect(await voices()).toEqual(before)
    await waitForCamera(technician.page, 'Jean Dupont’s camera')
  }
  await customer.press('Share my screen')
  await vi.waitFor(async () => expect((await stagePicture(technician.page)).frames).toBeGreaterThan(0), 15_000)
  await goOn()
  await customer.press('Stop: Screen')
  await technician.seesNot(/Allowed: [^\n]*Screen/)
  await goOn()
})

test('S9 each sees that the other is muted or has the camera off; devices and sizes are switched; it ends for both', async () => {
  await technician.press('Mute my microphone')
  await customer.sees('Marie Blanc has muted the microphone')
  await Promise.all([waitForSilence(customer.page), waitForNoLevel(customer.page, 'How loud Marie Blanc is')])
  await technician.page.keyboard.press('M')
  await customer.seesNot('Marie Blanc has muted the microphone')
  await waitForVoice(customer.page)
  await customer.press('My camera')
  await technician.sees('Jean Dupont has turned the camera off')
  expect(await hasPicture(technician.page, 'Jean Dupont’s camera')).toBe(false)
  await customer.sees(/What you allow[\s\S]*Camera\s*Marie Blanc/)
  await customer.press('My camera')
  await waitForCamera(technician.page, 'Jean Dupont’s camera')
  await customer.press('Devices')
  // Chromium's second fake camera gives pictures that no codec takes: what is seen of it at the desk says nothing.
  for (const [label, device, kind] of [
    ['Camera', 'fake_device_1', 'video'],
    ['Microphone', 'Fake Audio Input 2', 'audio'],
  ] as const) {
    const { deviceId } = await sentDevice(customer.page, kind)
    await customer.pick(label, device)
    await vi.waitFor(async () => expect((await sentDevice(customer.page, kind)).deviceId).not.toBe(deviceId), 10_000)
  }
  await waitForVoice(technician.page)
  const width = () => pictureWidth(technician.page, 'Jean Dupont’s camera')
  const small = await width()
  await technician.press('Larger picture')
  await vi.waitFor(async () => expect(await width()).toBeGreaterThan(1.5 * small))
  await isAccessible(technician.page, 'call-desk-large')
  await technician.press('Smaller picture')
  await vi.waitFor(async () => expect(await width()).toBe(small))
  await customer.press('Français')
  await customer.page.setViewport({ width: 390, height: 844 })
  await customer.press('Image plus grande')
  await isAccessible(customer.page, 'call-customer-french-narrow')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await customer.page.setViewport({ width: 760, height: 900 })
  await customer.press('English')
  await customer.press('End the call')
  await technician.sees('Jean Dupont ended the call.')
  await customer.sees(/What you allow\s*Nothing at the moment\./)
  await technician.seesNot('Allowed: Microphone')
  await technician.press('Close')
})

test('S9 declined, taken back, and both at once; who was refused waits a little, and is told how long', async () => {
  await technician.press('Call Jean Dupont')
  await technician.press('Only voice')
  await customer.press('No')
  await technician.sees('Jean Dupont does not want to talk now. You can go on in the chat.')
  await technician.press('Close')
  await technician.press('Call Jean Dupont')
  await technician.sees(/You can call again in \d+ s/)
  expect(await technician.read()).not.toContain('Only voice')
  await isAccessible(technician.page, 'call-rests')
  // The other way it may ring at once: nobody has refused that.
  await customer.press('Call Marie Blanc')
  await customer.sees('Only voice')
  await customer.press('Cancel')
  await technician.press('Only voice')
  await customer.sees('Marie Blanc asks to talk with you')
  await technician.press('Stop calling')
  await customer.sees('Marie Blanc called. Nobody answered.')
  await customer.press('Close')
  await technician.press('Call Jean Dupont')
  await technician.sees('Only voice', 30_000)
  await customer.press('Call Marie Blanc')
  await Promise.all([technician.press('Only voice'), customer.press('Only voice')])
  await waitForVoice(technician.page)
  await waitForVoice(customer.page)
  await technician.press('End the call')
  await customer.sees('Marie Blanc ended the call.')
})

test('S9 S18 the customer calls while the screen is shared: it rings on every page of the desk, and the screen goes on before, during and after', async () => {
  await customer.press('Share my screen')
  await vi.waitFor(async () => expect((await stagePicture(technician.page)).frames).toBeGreaterThan(0), 15_000)
  const before = await stagePicture(technician.page)
  await toQueue(technician)
  const front = await technician.page.browser().newPage()
  await front.bringToFront()
  const tones = await tonesFrom(technician.page)
  await customer.press('Call Marie Blanc')
  await customer.press('Only voice')
  await technician.sees('Jean Dupont asks to talk with you')
  await vi.waitFor(
    async () => expect((await called(front.browser())).notices).toContainEqual(expect.stringMatching(/^ring /)),
    15_000,
  )
  await vi.waitFor(async () => expect((await tones()).slice(0, 2)).toEqual(RING), 10_000)
  await front.close()
  await technician.page.bringToFront()
  await isAccessible(technician.page, 'call-rings-desk')
  await technician.press('Only voice')
  await waitForVoice(technician.page)
  await waitForVoice(customer.page)
  expect((await called(technician.page.browser())).notices).toEqual([])
  await technician.press(/.*Jean Dupont.*/)
  await technician.press('See the screen')
  await vi.waitFor(async () => expect((await stagePicture(technician.page)).track).toBe(before.track), 15_000)
  await screenGoesOn(await stagePicture(technician.page))
})

test('S7 S9 the recording has the voices of both: of each while the other is muted', async () => {
  await technician.press('Mute my microphone')
  await customer.sees('Marie Blanc has muted the microphone')
  await technician.press('Start recording')
  await customer.sees('with the sound that is shared and the voices of a call')
  await customer.press('Allow')
  await technician.sees(/Recording 0:(0[3-9]|[1-5]\d)/)
  const turn = await recorded(technician)
  await customer.press('Mute my microphone')
  await technician.sees('Jean Dupont has muted the microphone')
  await technician.press('Mute my microphone')
  await recordedMore(technician, 4)
  await technician.press('Stop recording')
  await customer.press('Mute my microphone')
  await technician.press('Open')
  const { seconds } = await filmSound(technician.page)
  expect(Math.max(...seconds.slice(0, turn)), 'the customer').toBeGreaterThan(0.02)
  expect(Math.max(...seconds.slice(turn + 2)), 'the technician').toBeGreaterThan(0.02)
  await technician.confirm('Close')
  await technician.press('Dismiss')
})

test('S9 S13 after a cut the call goes on by itself', async () => {
  const before = await voiceTrack(technician.page)
  await cut(customer.page)
  // That of the new link.
  await vi.waitFor(async () => expect(await voiceTrack(technician.page)).not.toBe(before), 15_000)
  await waitForVoice(technician.page)
  await waitForVoice(customer.page)
})

test('S9 S15 what is taken back under “What you allow” leaves the call, and a camera that is not allowed is not shown', async () => {
  await customer.press('Stop: Microphone')
  await technician.sees('Jean Dupont only listens')
  await technician.seesNot('Allowed: Microphone')
  await customer.press('Take part with the microphone')
  await waitForVoice(technician.page)
  const id = await callId(customer.page)
  await say(customer.page, { type: 'call-state', id, with: { microphone: 'off', camera: 'on' } })
  await technician.sees('Jean Dupont has muted the microphone')
  expect(await hasPicture(technician.page, 'Jean Dupont’s camera')).toBe(false)
  const before = await stagePicture(technician.page)
  await technician.press('End the call')
  await customer.sees('Marie Blanc ended the call.')
  await customer.press('Close')
  await screenGoesOn(before)
})

test('L2 S9 the calls of a session are in its log, with how long they were', async () => {
  const session = await technician.page.evaluate(() => location.hash)
  await technician.page.evaluate(() => {
    location.hash = '#/log/remote'
  })
  await technician.sees(/Calls: \d/)
  await technician.press(/Show what happened in the session of .*/)
  await technician.sees('Call began')
  await technician.sees(/Call ended: \d+:\d\d/)
  await technician.page.evaluate((hash) => {
    location.hash = hash
  }, session)
  await technician.sees('End session')
})
