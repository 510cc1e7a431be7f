import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import { cutMailbox } from '../support/mailbox-cut.ts'
import type { TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { type Technician, toQueue } from '../support/technician.ts'
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

test('Q2 G3 what one writes of a ticket the colleague reads, live, and the server cannot', async () => {
  await marie.create('Bartholomew Quist', 'An unreadable ledger')
  await grace.sees('Bartholomew Quist')
  await grace.press(/.*Bartholomew Quist.*/)
  await grace.sees('An unreadable ledger')
  await marie.press('Edit')
  await marie.fill('Customer’s name', 'Bartholomew Quist-Webb')
  await marie.confirm('Save')
  await grace.sees('Bartholomew Quist-Webb')
  const secrets = ['Bartholomew', 'unreadable ledger']
  expect(leaked(await readStored(server.dataDir), secrets)).toEqual([])
  expect(leaked(server.log.join('\n'), secrets)).toEqual([])
})

test('Q2 two who edit the same ticket at once change only what each of them touched', async () => {
  await toQueue(marie)
  await marie.create('Ines Prado', 'The ledger again', { Assignee: 'Nobody' })
  await grace.press(/.*Ines Prado.*/)
  await marie.press(/.*Ines Prado.*/)
  for (const desk of [marie, grace]) await desk.press('Edit')
  await grace.fill('Tags', 'bookkeeping')
  await grace.confirm('Save')
  await grace.sees('bookkeeping')
  await marie.sees('bookkeeping')
  await marie.fill('Contact', 'room 12')
  await marie.confirm('Save')
  await grace.sees('room 12')
  await marie.sees('bookkeeping')
  await grace.sees('bookkeeping')
})

test('Q7 the history moves with the assignment', async () => {
  await toQueue(marie)
  const { link } = await marie.create('Rosa Lima', 'The scanner hums')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await marie.press(/.*Rosa Lima.*/)
  await marie.say('Write to Rosa Lima…', 'Since when does it hum?')
  await customer.sees('Since when does it hum?')
  await toQueue(grace)
  await grace.press(/.*Rosa Lima.*/)
  await grace.sees('The scanner hums')
  await grace.seesNot('Since when does it hum?')
  await marie.press('More')
  await marie.press('Assign…')
  await marie.pick('Assignee', 'Grace Hopper')
  await marie.confirm('Assign')
  // She sees whose words they are; to Marie they were her own.
  await grace.sees(/Marie Blanc\s*Since when does it hum\?/)
})

test('Q12 the queue is read and edited while the server is down, and what was written arrives later', async () => {
  await toQueue(marie)
  await marie.press(/.*Bartholomew Quist-Webb.*/)
  await server.restart(async () => {
    await marie.sees('No connection to the server since')
    await marie.press('Edit')
    await marie.fill('Customer’s name', 'Written without a server')
    await marie.confirm('Save')
    await marie.sees('Written without a server')
    await marie.page.reload()
    await marie.sees('Written without a server')
  })
  await grace.sees('Written without a server', 60_000)
})

test('Q2 Q12 browsers that are open pass on what is written by themselves, where the mailbox is cut off', async () => {
  await marie.page.bringToFront()
  const cuts = [await cutMailbox(marie.page), await cutMailbox(grace.page)]
  await marie.press('Edit')
  await marie.fill('Customer’s name', 'Told from browser to browser')
  await marie.confirm('Save')
  await grace.sees('Told from browser to browser')
  expect(cuts[0]?.refused()).toBeGreaterThan(0)
  for (const { mend } of cuts) await mend()
})
