import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import { chromiumCapture } from '../support/launch.ts'
import { say, tamper } from '../support/link-double.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let marie: Technician
let customer: Customer
let link: string

beforeAll(async () => {
  const server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
  // What a tampered desk could say is said from here too; the desk itself is as it was built.
  await tamper(marie.page)
  await marie.page.reload()
  await toQueue(marie)
  ;({ link } = await marie.create('Rosa Lima', 'The scanner hums'))
  customer = await openCustomer('about:blank', { signal, args: chromiumCapture.anyTab })
  await tamper(customer.page)
  await customer.page.goto(link)
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
})
afterAll(() => over.abort())

const id = (letter: string) => letter.repeat(22)
const ask = (letter: string, what: string, detail?: string) =>
  say(marie.page, { type: 'consent-ask', id: id(letter), what, ...(detail && { detail }) })

test('S15 the screen is asked for, refused, asked for again, shown and stopped: both sides have it with the times', async () => {
  await marie.choose('Consent')
  await marie.sees('Nothing was asked yet. What you ask Rosa Lima for')
  await marie.press('Connect')
  await marie.choose('Consent')
  await marie.sees(/Screen\s*Waits for an answer/)
  await customer.press('Not now')
  await marie.sees(/Screen\s*Refused\s*Marie Blanc asked .*\s*Rosa Lima refused/)
  await marie.press('Ask again')
  await customer.press('Share my screen')
  await marie.sees(/Screen\s*Allowed now\s*Give up\s*Marie Blanc asked .*\s*Allowed from/)
  // What the tab plays came with the picture: it has its own line on both sides.
  await marie.sees(/Sound\s*Allowed now\s*Give up\s*Rosa Lima offered it to Marie Blanc/)
  await marie.sees('Allowed: Screen')
  await customer.sees(/What you allow\s*Screen\s*Marie Blanc/)
  await isAccessible(marie.page, 'consent-session')
  await customer.press('Stop: Screen')
  await marie.sees('Rosa Lima stopped sharing')
  await marie.sees(/Screen\s*Over\s*Marie Blanc asked .*\s*Allowed from .* to .* · ended by Rosa Lima/)
  await marie.seesNot('Allowed: Screen')
  await customer.sees(/What you allow\s*Nothing at the moment\./)
  await customer.press('Earlier (3)')
  await customer.sees(/Marie Blanc asked\. You did not allow it\.[\s\S]*Marie Blanc asked\. You stopped it\./)
})

test('S15 a question that is taken back is asked no more, on the page and on the stage', async () => {
  await marie.press('Ask again')
  await marie.sees('Rosa Lima was asked to share')
  await customer.sees('Marie Blanc asks to see your screen')
  await marie.press('Take the question back: Screen')
  await customer.seesNot('asks to see your screen')
  await customer.sees('Share my screen')
  await marie.sees(/Screen\s*Not answered/)
  await marie.seesNot('Rosa Lima was asked to share')
})

test('S16 both read the same four words, in the language of the customer’s page', async () => {
  const english = await wordsShown()
  expect(english).toHaveLength(4)
  await marie.sees(`Words: ${english.join(' · ')}`)
  await customer.sees('Marie Blanc should read you these same words')
  await customer.press('Français')
  await customer.sees('doit vous lire ces mêmes mots')
  await vi.waitFor(async () => expect(await wordsShown('Mots à comparer')).toHaveLength(4))
  const french = await wordsShown('Mots à comparer')
  expect(french).not.toEqual(english)
  await marie.sees(french.join(' · '))
  await customer.press('English')
  await marie.sees(`Words: ${english.join(' · ')}`)
})

test('S15 what the technician gives up ends the capture in the customer’s browser', async () => {
  await customer.press('Share my screen')
  await customer.sees('One browser tab is visible')
  await marie.press('Give up: Screen')
  await customer.seesNot('One browser tab is visible')
  await marie.sees(/Rosa Lima offered it to Marie Blanc\s*Allowed from .* to .* · ended by the technician/)
  await customer.sees('You showed it to Marie Blanc. Marie Blanc ended it.')
})

test('S15 questions come one at a time, are announced, and take the focus from nobody who types', async () => {
  await customer.goTo('Write to Marie Blanc…')
  await customer.page.keyboard.type('I am just writ')
  await ask('R', 'recording')
  await ask('F', 'folder', 'Where the scans are')
  await customer.sees('Marie Blanc asks to record this session')
  await customer.page.keyboard.type('ing')
  expect(await customer.written('Write to Marie Blanc…')).toBe('I am just writing')
  const announced = await customer.page.$$eval('[role=status]', (regions) =>
    regions.map((region) => region.textContent),
  )
  expect(announced).toContain('Marie Blanc asks to record this session')
  expect(await customer.read()).not.toContain('look into a folder')
  await isAccessible(customer.page, 'consent-question')
  await customer.press('Allow')
  await customer.sees(/What you allow\s*Recording\s*Marie Blanc ·/)
  await customer.sees('Marie Blanc asks to look into a folder')
  expect(await customer.read(), 'what is asked for is named by what is chosen').not.toContain('Where the scans are')
  await customer.press('Do not allow')
  await customer.seesNot('asks to look into a folder')
  // Asked again at once it is not put: the next question is.
  await ask('G', 'folder', 'Where the photos are')
  await customer.press('Français')
  await customer.sees('Ce que vous autorisez')
  await ask('D', 'file', 'Letter.pdf')
  await customer.sees('Marie Blanc veut vous envoyer un fichier')
  expect(await leftInEnglish(customer.page)).toEqual([])
  await customer.page.setViewport({ width: 390, height: 780 })
  await isAccessible(customer.page, 'consent-question-french-narrow')
  await customer.page.setViewport({ width: 760, height: 900 })
  await customer.press('Autoriser')
  await customer.press('English')
  await customer.press(/Stop: File.*/)
  await customer.press('Stop: Recording')
  await customer.sees('Nothing at the moment.')
})

test('S15 S16 a tampered desk cannot write into the customer’s ledger: it only asks, and not without end', async () => {
  const before = await ledgerOf(customer)
  await ask('R', 'camera')
  for (const letter of 'abcdefghijklmnop') await ask(letter, 'file', `File ${letter}`)
  await ask('q', 'file', 'File a')
  await customer.sees('File a')
  for (let left = 8; left > 0; left -= 1) await customer.press('Do not allow')
  await customer.seesNot('wants to send you a file')
  expect(await customer.read(), 'a known id asks nothing else').not.toContain('Camera')
  expect((await ledgerOf(customer)) - before).toBe(8)
  // To say that the customer allowed something is not in the desk's half of the protocol: the link is cut for it.
  await say(marie.page, { type: 'consent', consent: forged(id('Z')) })
  await customer.sees('The session can’t go on')
  await customer.press(/What you allowed and refused \(\d+\)/)
  expect(await customer.read()).not.toMatch(/Folder · You showed it/)
  await customer.press('Connect again')
  await customer.sees('connected')
})

test('S15 a tampered customer’s page cannot say that it was asked what nobody asked, nor take back what was', async () => {
  await marie.sees('You are connected to Rosa Lima')
  await marie.choose('Consent')
  await say(customer.page, { type: 'consent', consent: forged(id('Z')) })
  await say(customer.page, { type: 'consent', consent: { ...forged(id('Y')), what: 'recording', asked: undefined } })
  await say(customer.page, { type: 'chat', text: 'That was it' })
  await marie.choose('Chat')
  await marie.sees('That was it')
  await marie.choose('Consent')
  const shown = await marie.read()
  expect(shown).not.toMatch(/Folder\s*Allowed now/)
  expect(shown).not.toMatch(/Recording\s*Allowed now/)
})

test('S16 a reload pairs anew: other words, and again the same on both sides', async () => {
  const before = await wordsShown()
  await customer.page.reload()
  await customer.sees('should read you these same words')
  const after = await wordsShown()
  expect(after).not.toEqual(before)
  await marie.sees(`Words: ${after.join(' · ')}`)
})

test('S15 what a closed page left open reads as ended; it is read in the queue and in the timeline, too', async () => {
  await customer.press('Share my screen')
  await marie.sees(/Screen\s*Allowed now/)
  await customer.browser.close()
  await marie.seesNot(/Screen\s*Allowed now/, 60_000)
  await toQueue(marie)
  await marie.press(/.*Rosa Lima.*/)
  await marie.choose('Consent')
  await marie.sees(/Screen\s*Over\s*Rosa Lima offered it to Marie Blanc\s*Allowed from .* ended/)
  await isAccessible(marie.page, 'consent-queue')
  await marie.choose('Timeline')
  await marie.sees('Rosa Lima refused Marie Blanc: Screen')
  await marie.page.reload()
  await marie.sees('Create connection ID')
  await marie.choose('Consent')
  await marie.sees(/Screen\s*Refused/)
})

const wordsShown = (called = 'Words to compare') =>
  customer.page.$$eval(`::-p-aria([role="list"][name="${called}"]) li`, (words) =>
    words.map((word) => (word as HTMLElement).innerText),
  )

/** A permission that was never asked for, and never given. */
function forged(at: string) {
  return { id: at, what: 'folder', to: 'Marie Blanc', asked: Date.now(), state: { kind: 'granted', at: Date.now() } }
}

/** So many lines of the customer's ledger are over. */
async function ledgerOf({ read }: Customer): Promise<number> {
  return Number(/Earlier \((\d+)\)/.exec(await read())?.[1])
}
