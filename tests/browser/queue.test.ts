import type { HTTPRequest } from 'puppeteer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { openCustomer } from '../support/customer.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer } from '../support/server.ts'
import { openDesk, openTechnician, signUp, type Technician } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let marie: Technician
let grace: Technician

beforeAll(async () => {
  mail = await startMailServer()
  const server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  await toQueue()
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

async function toQueue() {
  await marie.page.evaluate(() => {
    location.hash = '#/'
  })
  await marie.sees('Create connection ID')
}

type Given = { name: string; request?: string; assignee?: string; priority?: string; tags?: string }

/** Makes a connection ID with all that the dialog asks for. @returns its lookup and its link */
async function create({ name, request = '', assignee, priority, tags }: Given) {
  await toQueue()
  await marie.press('Create connection ID')
  await marie.fill('Customer’s name', name)
  await marie.fill('Contact', 'customer@example.org')
  await marie.fill('Request', request)
  if (assignee) await marie.pick('Assignee', assignee)
  if (priority) await marie.pick('Priority', priority)
  if (tags) await marie.fill('Tags', tags)
  await marie.confirm('Create connection ID')
  await marie.sees(/\d{5}-\d{5}/)
  const shown = await marie.read()
  const link = /https?:\/\/\S+\/(\d{5})#\d{5}/.exec(shown)
  if (!link?.[1]) throw new Error('no link is shown')
  return { link: link[0], lookup: link[1] }
}

const TABLE = '::-p-aria([role="grid"][name="Tickets"])'

/** The lookups in the order in which they are listed. */
const listed = ({ page }: Technician) =>
  page.$$eval(`${TABLE} [role="row"]`, (rows) =>
    rows.flatMap(({ textContent }) => /^\d{5}/.exec(textContent.trim())?.[0] ?? []),
  )

test('Q1 a connection ID has a group, an assignee, a priority and tags, and can be sent by e-mail', async () => {
  const { link, lookup } = await create({
    name: 'Jean Dupont',
    request: 'The printer says “offline”',
    assignee: 'Nobody',
    priority: 'Urgent',
    tags: 'printer, second floor, printer',
  })
  await marie.pick('Language of the message', 'Français')
  const href = await marie.page.$eval('aria/Send by e-mail', (anchor) => anchor.getAttribute('href') ?? '')
  const mailed = decodeURIComponent(href)
  expect(mailed).toMatch(/^mailto:customer@example.org\?subject=/)
  expect(mailed).toContain('Bonjour Jean Dupont')
  expect(mailed).toContain(link)
  await isAccessible(marie.page, 'queue-created')
  await marie.confirm('Close')
  await marie.sees(/Jean Dupont[\s\S]*printer[\s\S]*second floor/)
  await marie.sees('Assign this ticket to yourself to read and to answer.')
  expect(await marie.page.$$('::-p-aria([role="list"][name="Tags"]) li')).toHaveLength(2)
  await grace.sees(lookup)
  await grace.sees('Unassigned 1')
})

test('Q2 Q11 those who wait are on top, the more pressing first; filters and search leave the others out', async () => {
  const low = await create({ name: 'Low and waiting', priority: 'Low', tags: 'vpn' })
  await marie.confirm('Close')
  const high = await create({ name: 'High and waiting', priority: 'High' })
  await marie.confirm('Close')
  for (const { link } of [low, high]) {
    const customer = await openCustomer(link, { signal })
    await customer.sees('connected')
  }
  await toQueue()
  await marie.sees(/Waiting now · 2/)
  const order = await listed(marie)
  expect(order.slice(0, 2)).toEqual([high.lookup, low.lookup])
  await isAccessible(marie.page, 'queue-table')

  await marie.press(/Mine\s*2/)
  await marie.seesNot('Jean Dupont')
  await marie.press(/All\s*3/)
  await marie.pick('Priority', 'Urgent')
  await marie.seesNot('Low and waiting')
  await marie.sees('Jean Dupont')
  await marie.press('Clear filters')
  await marie.pick('Tag', 'vpn')
  await marie.seesNot('Jean Dupont')
  await marie.press('Clear filters')
  await marie.fill('Search the queue', 'floor')
  await marie.seesNot('Low and waiting')
  await marie.sees('Jean Dupont')
  await marie.fill('Search the queue', 'nobody has this')
  await marie.sees('Nothing in the queue matches')
  await marie.page.keyboard.press('Escape')
  await marie.sees('Low and waiting')
})

test('Q2 who is answered is in session; who is only linked still waits', async () => {
  await marie.press(/.*High and waiting.*/)
  await marie.say('Write to High and waiting…', 'Good morning')
  await marie.sees(/In session · 1/)
  await marie.sees(/Waiting now · 1/)
  await grace.sees(/In session · 1/)
})

test('Q2 the queue is a table with the columns that one wants, or a board; it stays so', async () => {
  await toQueue()
  await marie.press('View')
  await marie.tick('Tags')
  await marie.tick('Group')
  await marie.confirm('Close')
  await marie.sees(/Code\s+Customer\s+Tags\s+Status\s+Assignee/)
  await marie.press('View')
  await marie.choose('Board')
  await marie.confirm('Close')
  await isAccessible(marie.page, 'queue-board')
  await marie.page.reload()
  await marie.sees(/Waiting now/)
  for (const column of ['Waiting now', 'In session', 'Not here yet']) {
    expect(await marie.page.$(`::-p-aria([role="region"][name="${column}"])`), column).not.toBeNull()
  }
  await marie.press('View')
  await marie.choose('Table')
  await marie.tick('Tags')
  await marie.tick('Group')
  await marie.confirm('Close')
})

test('Q3 a ticket is edited', async () => {
  await marie.press(/.*Low and waiting.*/)
  await marie.press('Edit')
  await marie.fill('Customer’s name', 'Lowell Waits')
  await marie.pick('Priority', 'Normal')
  await marie.fill('Tags', 'vpn, home')
  await isAccessible(marie.page, 'queue-edit')
  await marie.confirm('Save')
  await marie.sees(/Lowell Waits[\s\S]*home/)
  await toQueue()
  await marie.seesNot('Low and waiting')
})

test('Q4 exactly one of two gets it; the other is told who was faster', async () => {
  const { lookup } = await create({ name: 'Wanted by both', assignee: 'Nobody' })
  await marie.confirm('Close')
  await grace.sees(lookup)
  // Grace's request is on its way when Marie's arrives.
  const held = Promise.withResolvers<void>()
  const asks = (request: HTTPRequest) => request.method() === 'POST' && request.url().endsWith('/changes')
  await grace.page.setRequestInterception(true)
  const hold = (request: HTTPRequest) => {
    const wait = asks(request) ? held.promise : undefined
    void Promise.resolve(wait).then(() => request.continue())
  }
  grace.page.on('request', hold)
  await grace.press(/.*Assign to me: Wanted by both.*/)
  await grace.sees('Waiting for the server’s answer')
  // Her desk shows it as hers at once: who was faster is settled by the server's answer.
  const answered = marie.page.waitForResponse((response) => asks(response.request()))
  await marie.press('Assign to me')
  await marie.seesNot('Assign this ticket to yourself')
  await answered
  held.resolve()
  await grace.sees('Marie Blanc was faster and has this ticket now.')
  await grace.seesNot('Waiting for the server’s answer')
  grace.page.off('request', hold)
  await grace.page.setRequestInterception(false)
  await isAccessible(grace.page, 'queue-overtaken')
  await grace.press('Dismiss')
})

test('Q4 many are selected and handed over at once, from the keyboard alone', async () => {
  await toQueue()
  const { page } = marie
  await page.focus(TABLE)
  await page.keyboard.down('Control')
  await page.keyboard.press('a')
  await page.keyboard.up('Control')
  await marie.sees('Selected: 4')
  await page.keyboard.press('Escape')
  await marie.seesNot('Selected:')
  for (const key of ['Home', 'x', 'j', 'x'] as const) {
    await page.keyboard.press(key)
    await page.waitForSelector(`${TABLE}[aria-activedescendant]`)
  }
  await marie.sees('Selected: 2')
  await isAccessible(page, 'queue-selected')
  await marie.press('Assign…')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.fill('Hand-over note', 'They called on Monday already.')
  await isAccessible(page, 'queue-assign')
  await marie.confirm('Assign')
  await marie.seesNot('Selected:')
  await grace.press(/Mine\s*2/)
  await grace.press(/All\s*4/)
})

test('Q5 a ticket is resolved after it was confirmed, and reopened as it was', async () => {
  await create({ name: 'Rosa Lima', request: 'Sealed for later' })
  await marie.confirm('Close')
  await marie.sees('Rosa Lima')
  await marie.page.keyboard.press('r')
  await marie.sees('Resolve: Rosa Lima?')
  await isAccessible(marie.page, 'queue-resolve')
  await marie.confirm('Resolve')
  await marie.sees('You resolved this ticket')
  await marie.seesNot('Sealed for later')
  await isAccessible(marie.page, 'queue-resolved')
  await marie.press('Reopen')
  await marie.sees('Sealed for later')
  await marie.seesNot('You resolved this ticket')
})

test('Q5 what was resolved is found among the resolved ones, searched, and reopened', async () => {
  await marie.page.keyboard.press('Escape')
  await marie.press('Resolve')
  await marie.confirm('Resolve')
  await marie.sees('You resolved this ticket')
  await marie.press('Resolved')
  await marie.sees('Sealed for later')
  await isAccessible(marie.page, 'resolved')
  await marie.fill('Search resolved tickets', 'nobody')
  await marie.sees('Found: 0. All resolved tickets that fit the filters were searched')
  await marie.fill('Search resolved tickets', 'rosa')
  await marie.press('Reopen: Rosa Lima')
  await marie.sees('Show code')
  await marie.sees('Sealed for later')
})

test('Q1 Q2 at a phone’s width and in French', async () => {
  const { page } = marie
  await page.setViewport({ width: 400, height: 800 })
  await isAccessible(page, 'queue-narrow-ticket')
  await toQueue()
  await isAccessible(page, 'queue-narrow')
  await page.setViewport({ width: 1440, height: 860 })
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press(/File d’attente[\s\S]*/)
  await marie.sees('Non attribués')
  await marie.press(/.*Lowell Waits.*|.*Jean Dupont.*/)
  await isAccessible(page, 'queue-french')
  expect(await leftInEnglish(page)).toEqual([])
  await page.keyboard.press('c')
  await marie.sees('Nom du client')
  await isAccessible(page, 'queue-create-french')
  expect(await leftInEnglish(page)).toEqual([])
})
