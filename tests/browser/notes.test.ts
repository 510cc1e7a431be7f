import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import type { MailServer } from '../support/mail-server.ts'
import type { TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { chatDraft, type Technician, toQueue } from '../support/technician.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician

beforeAll(async () => {
  ;({ mail, server, marie, grace } = await openTwoDesks(signal))
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

async function openNotes({ press, choose }: Technician, name: string) {
  await press(new RegExp(`.*${name}.*`))
  await choose('Notes')
}

/** What is in the field. */
const written = (who: Technician) => who.written('Notes')

/** Them, as they are read. */
const READ = '::-p-aria([role="document"][name="Notes"])'

test('Q11 notes with lists and links, kept with the ticket; the customer and the server never see them', async () => {
  await toQueue(grace)
  const { link } = await grace.create('Rosa Lima', 'The scanner hums')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  await openNotes(grace, 'Rosa Lima')
  await grace.sees('Nothing is written yet.')
  await isAccessible(grace.page, 'notes-empty')
  await grace.press('Write a note')
  await grace.page.keyboard.type(
    'Serial number QX-4711\n\n- cable is fine\ndriver is old\n\nSee https://acme.example/driver.',
  )
  expect(await written(grace)).toContain('- cable is fine\n- driver is old\n')
  await isAccessible(grace.page, 'notes-writing')
  await grace.press('Done')
  const link2 = await grace.page.$eval(`${READ} a`, (a) => [a.getAttribute('href'), a.getAttribute('rel')])
  expect(link2).toEqual(['https://acme.example/driver', 'noopener noreferrer'])
  expect(await grace.page.$$eval(`${READ} li`, (items) => items.map(({ textContent }) => textContent))).toEqual([
    'cable is fine',
    'driver is old',
  ])
  await isAccessible(grace.page, 'notes-read')
  await grace.page.reload()
  await grace.choose('Notes')
  await grace.sees('Serial number QX-4711')
  expect(await customer.read()).not.toContain('QX-4711')
  expect(await customer.page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('QX-4711')
  expect(leaked(await readStored(server.dataDir), ['Serial number', 'QX-4711'])).toEqual([])
  await customer.browser.close()
})

test('Q11 two write at once: nothing is lost, the cursor stays, and each undoes the own words only', async () => {
  await toQueue(marie)
  await openNotes(marie, 'Rosa Lima')
  await marie.sees('QX-4711')
  await marie.sees('Last written by Grace Hopper')
  await marie.press('Edit the notes')
  await grace.press('Edit the notes')
  await Promise.all([
    marie.page.keyboard.type('\nMarie was here and wrote a line', { delay: 15 }),
    (async () => {
      // At the very beginning, while the other one writes at the end.
      await grace.page.keyboard.down('Control')
      await grace.page.keyboard.press('Home')
      await grace.page.keyboard.up('Control')
      await grace.page.keyboard.type('Grace was faster at the top. ', { delay: 15 })
    })(),
  ])
  const whole = /^Grace was faster at the top\. Serial[\s\S]*\nMarie was here and wrote a line$/
  for (const each of [marie, grace]) await expect.poll(() => written(each), { timeout: 20_000 }).toMatch(whole)
  await marie.press('Undo')
  await expect.poll(() => written(grace), { timeout: 20_000 }).not.toContain('wrote a line')
  expect(await written(grace)).toContain('Grace was faster at the top.')
  await marie.press('Redo')
  await marie.press('Done')
  await grace.press('Done')
  await grace.sees('Marie was here and wrote a line')
})

test('Q11 Q12 what is written without a server arrives later', async () => {
  await server.restart(async () => {
    await marie.sees('No connection to the server since')
    await marie.press('Edit the notes')
    await marie.page.keyboard.type('\nWritten in a tunnel')
    await marie.press('Done')
    await marie.page.reload()
    await marie.choose('Notes')
    await marie.sees('Written in a tunnel')
  })
  await grace.sees('Written in a tunnel', 60_000)
})

test('Q11 what is too long is refused with a sentence, and what was there is kept', async () => {
  await grace.press('Edit the notes')
  const before = await written(grace)
  await grace.page.evaluate(() => document.execCommand('insertText', false, 'x'.repeat(100_001)))
  await grace.sees('That was not inserted: notes have at most 100,000 characters.')
  expect(await written(grace)).toBe(before)
  await grace.page.keyboard.type(' ok')
  await grace.seesNot('That was not inserted')
  await grace.press('Done')
})

test('Q11 what is typed in the chat and not sent is still there after a look at the notes, and at another ticket', async () => {
  await grace.choose('Chat')
  await grace.fill('Write to Rosa Lima…', 'Did you turn it off and')
  await grace.choose('Notes')
  await grace.choose('Chat')
  expect(await chatDraft(grace)).toBe('Did you turn it off and')
  await grace.create('Ines Alvarado', 'The lamp flickers')
  await grace.press(/.*Ines Alvarado.*/)
  await grace.sees('The lamp flickers')
  expect(await chatDraft(grace)).toBe('')
  await grace.press(/.*Rosa Lima.*/)
  await grace.sees('The scanner hums')
  expect(await chatDraft(grace)).toBe('Did you turn it off and')
})

test('Q2 Q11 the search finds a word of the notes, and not for whoever may not read them', async () => {
  await toQueue(marie)
  await marie.create('Jean Dupont', 'No sound')
  await openNotes(marie, 'Jean Dupont')
  await marie.press('Write a note')
  await marie.page.keyboard.type('Loudspeaker of the brand Zwölfton')
  await marie.press('Done')
  await toQueue(marie)
  await marie.fill('Search the queue', 'zwolfton')
  await marie.sees('In the notes: Loudspeaker of the brand Zwölfton')
  expect(await marie.page.$$eval('mark', (marks) => marks.map(({ textContent }) => textContent))).toEqual(['Zwölfton'])
  await isAccessible(marie.page, 'notes-found')
  await marie.seesNot('Rosa Lima')
  await toQueue(grace)
  await grace.sees('Jean Dupont')
  await grace.fill('Search the queue', 'zwolfton')
  await grace.sees('Nothing in the queue matches')
  await grace.fill('Search the queue', 'dupont')
  await openNotes(grace, 'Jean Dupont')
  await grace.sees('Only the assignee, invited colleagues and admins read the notes.')
})
