import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defaultLimits } from '../../signalling/limits.ts'
import { execute } from '../signalling/support/server.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { type Customer, openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import { called } from '../support/pager.ts'
import type { TestServer } from '../support/server.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician

beforeAll(async () => {
  ;({ mail, server, marie, grace } = await openTwoDesks(signal))
  await toQueue(marie)
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** The one of the two at whose desk this is read. */
async function whoSees(text: string): Promise<Technician> {
  return await vi.waitFor(
    async () => {
      for (const desk of [marie, grace]) if ((await desk.read()).includes(text)) return desk
      throw new Error(`Nobody sees ${text}. They see:\n${await marie.read()}\n---\n${await grace.read()}`)
    },
    { timeout: 20_000, interval: 200 },
  )
}

/** As if it had been so for hours, until something is seen of it: what the server waits for is written down within seconds. */
async function hoursPass(until: () => Promise<void>, forWhom: 'who has it now' | 'everybody' = 'who has it now') {
  const seen = new AbortController()
  // To whom a ticket is given meanwhile has it from then on, mostly.
  const before = forWhom === 'everybody' ? Number.MAX_SAFE_INTEGER : Date.now()
  const passing = (async () => {
    for (let turn = 0; turn < 60 && !seen.signal.aborted; turn++) {
      await execute(
        server.dataDir,
        `update joins set unanswered_since = 1 where unanswered_since is not null; update tickets set assigned_at = 1 where assigned_at < ${before}`,
      )
      await setTimeout(1000)
    }
  })()
  await until().finally(() => seen.abort())
  await passing
}

test('Q9 who does not answer loses the ticket to the queue, is told so, and the next one finds what was written', async () => {
  const { link } = await marie.create('Rosa Lima', 'The scanner hums')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  // Said while she is there, so that there is a history; then the customer comes anew, and nobody answers.
  await marie.press(/.*Rosa Lima.*/)
  await marie.say('Write to Rosa Lima…', 'Since when does it hum?')
  await customer.sees('Since when does it hum?')
  await customer.page.close()
  // The seat is kept for a page that is loaded again.
  await setTimeout(defaultLimits.seatGraceMs + 1000)
  await toQueue(marie)
  const again = await openCustomer(link, { signal })
  await again.sees('You are connected')
  const away = await marie.page.browser().newPage()
  await hoursPass(() => grace.sees('Marie Blanc did not answer'))
  const told = async () => (await called(marie.page.browser())).notices.filter((name) => name.startsWith('told '))
  await vi.waitFor(async () => expect(await told()).toHaveLength(1), { timeout: 20_000, interval: 300 })
  await away.close()
  await marie.page.bringToFront()
  await marie.sees('Rosa Lima: You did not answer for 5 min. The ticket is back in the queue.')
  await isAccessible(marie.page, 'silence-told')

  await grace.press(/.*Rosa Lima.*/)
  await grace.sees('Marie Blanc did not answer for 5 min. The ticket is back in the queue.')
  await isAccessible(grace.page, 'silence-ticket')
  await grace.press('Assign to me')
  await grace.seesNot('did not answer for 5 min')
  await grace.sees(/Marie Blanc\s*Since when does it hum\?/)
  await grace.say('Write to Rosa Lima…', 'Here I am')
  await again.sees('Here I am')
  // Whoever has answered keeps the customer.
  await execute(server.dataDir, 'update tickets set assigned_at = 1')
  await setTimeout(7000)
  await again.page.close()
  await grace.seesNot('You did not answer')
}, 180_000)

test('Q14 who comes goes to one and to the other in turn, who are told so; an empty chair passes the customer on', async () => {
  const team = techniciansPage(marie)
  await team.open()
  await team.view('Support')
  await marie.press('Edit group')
  await marie.choose('Colleagues in turn')
  await marie.confirm('Save')
  await marie.sees('Waiting customers go to colleagues at their desk, in turn.')
  await toQueue(marie)
  await toQueue(grace)
  const names = ['Yuki Ito', 'Nina Berg']
  const given: Technician[] = []
  const links: string[] = []
  for (const name of names) {
    await marie.press('Create connection ID')
    await marie.fill('Customer’s name', name)
    await marie.pick('Assignee', 'Nobody')
    await marie.confirm('Create connection ID')
    await marie.sees(/\d{5}-\d{5}/)
    links.push(/https?:\/\/\S+\/\d{5}#\d{5}/.exec(await marie.read())?.[0] ?? '')
    await marie.confirm('Close')
    await grace.sees(name)
  }
  const customers: Customer[] = []
  for (const [index, name] of names.entries()) {
    customers.push(await openCustomer(links[index] ?? '', { signal }))
    const whose = await whoSees(`${name}: Assigned to you automatically.`)
    await whose.press('Dismiss')
    given.push(whose)
    for (const desk of [marie, grace]) await desk.sees(/Assigned automatically/)
  }
  // Each had one.
  expect(new Set(given).size).toBe(2)
  await isAccessible(marie.page, 'assigned-automatically')
  await marie.press(/.*Yuki Ito.*/)
  await marie.sees(/Assigned to (you|Grace Hopper) automatically/)
  await isAccessible(marie.page, 'assigned-automatically-ticket')

  // Both stay silent: each customer goes to the other one, who hears whose it was.
  await hoursPass(() => grace.sees(/Assigned to you automatically/))
  // And on with nobody, once both were silent: it is anybody's.
  await hoursPass(() => grace.sees(/Unassigned\s*2/), 'everybody')
  await grace.press(/.*(Yuki Ito|Nina Berg).*/)
  await grace.sees(/did not answer for 5 min/)

  await grace.press(/My account[\s\S]*/)
  await grace.choose('Français')
  await grace.press(/File d’attente.*/)
  await grace.sees(/Attribué automatiquement|n’a pas répondu/)
  // What was announced in English is forgotten within seconds.
  await grace.seesNot('You did not answer')
  expect(await leftInEnglish(grace.page)).toEqual([])
  await isAccessible(grace.page, 'silence-french')
  await grace.page.setViewport({ width: 420, height: 860 })
  await isAccessible(grace.page, 'silence-french-narrow')
  for (const { page } of customers) await page.close()
}, 240_000)
