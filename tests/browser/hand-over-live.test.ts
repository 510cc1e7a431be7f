import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chromiumCapture } from '../support/launch.ts'
import { say, tamper } from '../support/link-double.ts'
import type { MailServer } from '../support/mail-server.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician
let customer: Customer

beforeAll(async () => {
  ;({ mail, marie, grace } = await openTwoDesks(signal))
  // What a tampered desk could say is said from here too.
  await tamper(marie.page)
  await marie.page.reload()
  await toQueue(grace)
  await toQueue(marie)
  const { link } = await marie.create('Rosa Lima', 'The scanner hums')
  customer = await openCustomer(link, { signal, args: chromiumCapture.anyTab })
  await customer.page.evaluate(watchTracks)
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Connect')
  await customer.press('Share my screen')
  await marie.sees('Best quality')
  await marie.say('Write to Rosa Lima…', 'I see it, one moment')
  await customer.sees('I see it, one moment')
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

test('S19 the session goes to a colleague with a note; the customer keeps the capture, and nothing is shown until a click', async () => {
  await marie.press('Hand over')
  await marie.sees('The customer stays connected, and is asked before the colleague sees the screen.')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.fill('Hand-over note', 'It is the lamp')
  await isAccessible(marie.page, 'hand-over-dialog')
  await forgetTracks(customer.page)
  await marie.confirm('Assign')
  await customer.sees('Grace Hopper goes on helping you. Show Grace Hopper your screen?')
  await customer.sees('Nobody sees your screen now')
  await customer.sees(/What you allow\s*Nothing at the moment\./)
  await isAccessible(customer.page, 'hand-over-customer')
  await grace.press(/.*Rosa Lima.*/)
  await grace.sees('It is the lamp')
  await grace.sees('I see it, one moment')
  await grace.press('Connect')
  await grace.sees('Rosa Lima is asked whether to show you the screen')
  await isAccessible(grace.page, 'hand-over-colleague')
  expect(await shownTracks(customer.page)).toBe(0)
  expect(await grace.page.$('video')).toBeNull()
  expect(await marie.page.$('video')).toBeNull()
  expect(await captures(customer.page)).toEqual(['live'])
})

test('S15 S19 with one click the same capture goes on; the ledger has an end and a beginning', async () => {
  await customer.press('Show my screen')
  await grace.sees('Best quality')
  expect(await captures(customer.page), 'no second picker').toEqual(['live'])
  await customer.sees(/What you allow\s*Screen\s*Grace Hopper ·/)
  await customer.press('Earlier (2)')
  await customer.sees('It ended when somebody else took over from Marie Blanc.')
  await grace.choose('Consent')
  await grace.sees(/Screen\s*Over\s*Marie Blanc asked .*\s*Allowed from .* to .* · ended by the hand-over/)
  await grace.sees(/Screen\s*Allowed now\s*Give up\s*Rosa Lima offered it to Grace Hopper/)
  await grace.choose('Chat')
  await customer.say('Write to Grace Hopper…', 'Hello Grace')
  await grace.sees('Hello Grace')
})

test('S19 handed back, the customer stops instead: nothing is captured any more, and the usual way is open', async () => {
  await grace.press('Hand over')
  await grace.pick('Assignee', 'Marie Blanc')
  await grace.confirm('Assign')
  await customer.sees('Marie Blanc goes on helping you.')
  await customer.press('Français')
  await customer.sees('Lui montrer votre écran')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await customer.page.setViewport({ width: 390, height: 780 })
  await isAccessible(customer.page, 'hand-over-customer-french-narrow')
  await customer.press('English')
  await customer.page.setViewport({ width: 760, height: 900 })
  await customer.press('Stop sharing')
  await customer.sees('You stopped sharing.')
  expect(await captures(customer.page)).toEqual(['ended'])
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('Connect')
  await customer.press('Share my screen')
  await marie.sees('Best quality')
})

test('S15 S19 a question that nobody answered goes with who asked: the page does not ask it in the colleague’s name', async () => {
  await toQueue(marie)
  const { link } = await marie.create('Otto Lang', 'Mail')
  const otto = await openCustomer(link, { signal, args: chromiumCapture.anyTab })
  await otto.sees('connected')
  await marie.press(/.*Otto Lang.*/)
  await marie.press('Connect')
  await otto.sees('Marie Blanc asks to see your screen')
  await marie.press('Hand over')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.confirm('Assign')
  await otto.sees(/Grace Hopper[\s\S]*connected[\s\S]*Share my screen/)
  expect(await otto.read()).not.toContain('asks to see your screen')
  await toQueue(grace)
  await grace.press(/.*Otto Lang.*/)
  await grace.press('Connect')
  await otto.sees('Grace Hopper asks to see your screen')
  await otto.press('Share my screen')
  await grace.sees('Best quality')
  await otto.browser.close()
})

test('S16 S19 a desk that does not let go sees nothing and says nothing from the moment that somebody else attends', async () => {
  await marie.page.evaluate(hearNothingOfTickets)
  await toQueue(grace)
  await grace.press(/.*Rosa Lima.*/)
  await grace.press('More')
  await grace.press('Assign…')
  await grace.pick('Assignee', 'Me')
  await grace.confirm('Assign')
  await customer.sees('Grace Hopper goes on helping you.')
  await say(marie.page, { type: 'chat', text: 'Give me your PIN' })
  await grace.press('Connect')
  await customer.press('Show my screen')
  await grace.sees('Best quality')
  await say(marie.page, { type: 'chat', text: 'Give me your PIN' })
  await grace.say('Write to Rosa Lima…', 'Now it is me')
  await customer.sees('Now it is me')
  expect(await customer.read()).not.toContain('PIN')
})

test('S19 a ticket that is given back ends the link, though its desk would keep it; the customer waits', async () => {
  await grace.page.evaluate(hearNothingOfTickets)
  await marie.page.reload()
  await toQueue(marie)
  await marie.press(/.*Rosa Lima.*/)
  await marie.press('More')
  await marie.press('Assign…')
  await marie.pick('Assignee', 'Nobody')
  await marie.confirm('Assign')
  await customer.sees('Nobody sees your screen now')
  await grace.sees('Reconnecting')
})

declare global {
  interface Window {
    deskside_test_captured?: MediaStreamTrack[]
    deskside_test_shown?: number
  }
}

const captures = (page: Page) =>
  page.evaluate(() => window.deskside_test_captured?.map(({ readyState }) => readyState).slice(-1))
const shownTracks = (page: Page) => page.evaluate(() => window.deskside_test_shown)
const forgetTracks = (page: Page) =>
  page.evaluate(() => {
    window.deskside_test_shown = 0
  })

/** Runs in the desk: the ticket stays its own, whatever the server says. */
function hearNothingOfTickets(): void {
  const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get
  Object.defineProperty(MessageEvent.prototype, 'data', {
    get(this: MessageEvent) {
      const said: unknown = data?.call(this)
      return typeof said === 'string' && said.startsWith('{"type":"ticket"') ? '{"type":"pong"}' : said
    },
  })
  const ask = window.fetch
  window.fetch = (input, init) =>
    String(input).includes('/api/tickets') ? new Promise<Response>(() => {}) : ask(input, init)
}

/** Runs in the page: what is captured, and how often a track is put before somebody. */
function watchTracks(): void {
  window.deskside_test_captured = []
  window.deskside_test_shown = 0
  const capture = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getDisplayMedia = async (options) => {
    const stream = await capture(options)
    window.deskside_test_captured?.push(...stream.getVideoTracks())
    return stream
  }
  const replace = RTCRtpSender.prototype.replaceTrack
  RTCRtpSender.prototype.replaceTrack = function (track) {
    if (track) window.deskside_test_shown = (window.deskside_test_shown ?? 0) + 1
    return replace.call(this, track)
  }
}
