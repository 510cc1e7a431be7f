import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let marie: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  marie = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

/** The desk's clock goes on from there. */
const goForward = (seconds: number) =>
  marie.page.evaluate((ms) => {
    const now = Date.now
    Date.now = () => now() + ms
  }, seconds * 1000)

/** Waits until the table has these customers, from top to bottom. */
async function lists(names: string[]) {
  const rows = () =>
    marie.page.$$eval('::-p-aria([role="grid"][name="Tickets"]) a', (links) =>
      links.map((link) => link.textContent?.trim() ?? ''),
    )
  await expect.poll(rows, { timeout: 20_000 }).toEqual(names)
}

test('Q14 an admin sets what the group promises; the queue says what is due, soon and late, in words', async () => {
  const team = techniciansPage(marie)
  await team.open()
  await team.view('Support')
  await marie.press('Edit group')
  await marie.tick('Promise a first answer')
  for (const wrong of ['0', '99999', 'soon', '']) {
    await marie.fill('Within how many minutes', wrong)
    await marie.confirm('Save')
    await marie.sees('Write a whole number of minutes from 1 to 1440, which is a day.')
  }
  await marie.fill('Within how many minutes', '4')
  await marie.tick('Promise that tickets are resolved')
  await marie.fill('Within how long', '721')
  await marie.confirm('Save')
  await marie.sees('Write a whole number, at least 1 minute and at most 720 hours, which is 30 days.')
  await isAccessible(marie.page, 'service-level-settings')
  await marie.fill('Within how long', '2')
  await marie.confirm('Save')
  await marie.sees('First answer within 4 min. Resolved within 2 hr.')

  await toQueue(marie)
  const { link } = await marie.create('Rosa Lima', 'The scanner hums')
  await goForward(600)
  await marie.create('Yuki Ito', 'No sound')
  await marie.sees(/in 1 hr 50 min/)
  // Of those who are not there the newest is on top, until one asks for what is due first.
  await lists(['Yuki Ito', 'Rosa Lima'])
  await marie.press('Due')
  await lists(['Rosa Lima', 'Yuki Ito'])
  await marie.press('Due')
  await goForward(-600)

  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await marie.sees(/in [34] min/)
  await goForward(190)
  await marie.sees('soon: in 1 min')
  await marie.sees('Rosa Lima: The first answer is due soon.')
  await isAccessible(marie.page, 'service-level-soon')
  await goForward(180)
  await marie.sees(/\d min late/)
  await marie.sees('Rosa Lima: The first answer is late.')
  await marie.seesNot('The first answer is due soon')
  await marie.press(/Late or due soon.*/)
  await lists(['Rosa Lima'])
  await marie.press(/.*Rosa Lima.*/)
  await marie.sees(/First answer:\s*\d min late/)
  await isAccessible(marie.page, 'service-level-late')

  // Answered: what is owed now is the resolution.
  await marie.say('Write to Rosa Lima…', 'Here I am')
  await customer.sees('Here I am')
  await marie.sees(/Resolution:\s*in 1 hr/)
  await marie.sees('Nothing in the queue fits these filters.')
  await marie.press('Clear filters')
  await lists(['Rosa Lima', 'Yuki Ito'])
  await marie.press('View')
  await marie.choose('Board')
  await marie.confirm('Close')
  await isAccessible(marie.page, 'service-level-board')
  await marie.press('View')
  await marie.choose('Table')
  await marie.confirm('Close')

  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press(/File d’attente.*/)
  await marie.sees('Échéance')
  await marie.sees(/dans 1\sh/)
  await marie.sees('Rosa Lima : La première réponse est en retard.')
  await marie.seesNot('Saved')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await isAccessible(marie.page, 'service-level-french')
  await marie.page.setViewport({ width: 420, height: 860 })
  await isAccessible(marie.page, 'service-level-french-narrow')
  await customer.page.close()
}, 240_000)
