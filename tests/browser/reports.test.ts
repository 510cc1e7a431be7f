import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { downloaded } from '../support/files.ts'
import { startTestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let technician: Technician

beforeAll(async () => {
  const server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

test('L5 before anything happened the reports say so', async () => {
  await technician.press('Reports')
  await technician.sees('Nothing happened in this period.')
  await isAccessible(technician.page, 'reports-empty')
})

test('L5 Q15 a session, its ticket and its score are in the charts, the tables and the file', async () => {
  await toQueue(technician)
  const { link } = await technician.create('Ines Martin', 'Help')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await technician.press(/.*Ines Martin.*/)
  await technician.press('Connect')
  await technician.press('End session')
  await technician.confirm('End session')
  await customer.press('Very good')
  await customer.sees('Thank you.')
  await customer.browser.close()
  await technician.press('Resolve…')
  await technician.confirm('Resolve')
  await technician.press('Reports')
  await technician.sees(/All together\s*1\s*1\s*1\s*\d+ sec · \d+ sec/)
  await technician.sees(/Very good\s*1\s*Good\s*0/)
  await technician.sees('100% of 1')
  // The chart says the same to who does not see it.
  const charts = await technician.page.$$eval('[role=img]', (all) => all.map((one) => one.getAttribute('aria-label')))
  expect(charts[0]).toMatch(/^New tickets: 1 from .* to .*, at most 1 in a day$/)
  await isAccessible(technician.page, 'reports')
  await technician.press('Days as a table')
  await technician.sees(/By day\s*Day\s*New tickets\s*Resolved\s*Sessions/)
  await isAccessible(technician.page, 'reports-days')
  await technician.press('Export CSV')
  const { text } = await downloaded(technician.page, () => technician.confirm('Export'))
  const { data, errors } = Papa.parse<string[]>(text.trim())
  expect(errors).toEqual([])
  expect(data[0]?.slice(0, 4)).toEqual(['Of', 'Name', 'New tickets', 'Resolved'])
  expect(data.slice(1).map((row) => row.slice(0, 5))).toEqual([
    ['', 'All together', '1', '1', '1'],
    ['Group', 'Support', '1', '1', '1'],
    ['Technician', 'Marie Blanc', '1', '1', '1'],
  ])
  await technician.press('Web activity')
  await technician.sees('Exported the report')
  await technician.press('Reports')
})

test('L5 the period and the group narrow it; without a server it says so, and asks again; in French, narrow, too', async () => {
  await technician.pick('Period', 'From …')
  await technician.sees('All together')
  const [first] = await technician.page.$$('input[type=date]')
  await first?.type('01012020')
  await technician.sees('A report covers at most 93 days')
  await technician.page.setOfflineMode(true)
  await technician.pick('Period', 'Today')
  await technician.sees('The server can’t be reached')
  await technician.page.setOfflineMode(false)
  await technician.press('Ask again')
  await technician.sees('100% of 1')
  await technician.press('Clear search and filters')
  await technician.pick('Period', 'Today')
  await technician.sees('100% of 1')
  await technician.press(/My account[\s\S]*/)
  await technician.choose('Français')
  await technician.press('Rapports')
  await technician.sees('Total')
  await technician.page.setViewport({ width: 390, height: 780 })
  expect(await leftInEnglish(technician.page)).toEqual([])
  await isAccessible(technician.page, 'reports-french-narrow')
})
