import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { openCustomer } from '../support/customer.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openTechnician, type Technician, toQueue } from '../support/technician.ts'

const over = new AbortController()
const { signal } = over
let server: TestServer
let technician: Technician

beforeAll(async () => {
  server = await startTestServer({ signal })
  technician = await openTechnician(server.setupLink, { signal })
})
afterAll(() => over.abort())

function ratings({ dataDir }: TestServer) {
  const database = new DatabaseSync(path.join(dataDir, 'deskside.sqlite'), { readOnly: true })
  const rows = database.prepare('select score, box from ratings where score is not null').all()
  database.close()
  return rows.map((row) => ({ ...row }))
}

async function meet(name: string) {
  await toQueue(technician)
  const { link } = await technician.create(name, 'Help')
  const customer = await openCustomer(link, { signal })
  await customer.sees('connected')
  return customer
}

test('Q15 one tap says how it was, words may follow; the technician reads both at once, and they stay with the ticket and its session', async () => {
  const customer = await meet('Ines Martin')
  await technician.press(/.*Ines Martin.*/)
  await technician.press('Connect')
  await technician.press('End session')
  await technician.confirm('End session')
  await customer.sees('How was the help from Marie Blanc?')
  await isAccessible(customer.page, 'rating-asked')
  await customer.press('Good')
  await customer.sees('Thank you. Your answer was sent.')
  await customer.fill('Anything to add? (optional)', 'It prints again, merci !\n<b>really</b>')
  await customer.press('Send these words')
  await customer.sees('Your answer and your words were sent.')
  await isAccessible(customer.page, 'rating-kept')
  await technician.press('Back to the queue')
  await technician.sees('Ines Martin says of the session with you: Good.')
  // Once: the words that followed are no other answer.
  expect((await technician.read()).match(/Dismiss/g)).toHaveLength(1)
  await technician.press(/.*Ines Martin.*/)
  await technician.sees('It prints again, merci !')
  await technician.sees('<b>really</b>')
  await technician.sees('for the session with Marie Blanc')
  await isAccessible(technician.page, 'rating-read')
  // Another tap: the words stay, the last score counts.
  await customer.press('Very good')
  await customer.sees('Your answer and your words were sent.')
  await technician.sees('Very good for the session')
  await technician.sees('It prints again, merci !')
  await technician.sees('Ines Martin says of the session with you: Very good.')
  expect((await technician.read()).match(/Dismiss/g)).toHaveLength(1)
  await technician.press('Remote access logs')
  await technician.sees('Satisfaction')
  await technician.sees(/The technician ended it\s*Very good/)
  // What the server has of it: the score, and no word in the clear.
  expect(ratings(server)).toEqual([{ score: 5, box: expect.stringMatching(/^[\w-]{64,}$/) }])
  await customer.browser.close()
})

test('Q15 without a server the answer is not lost: the page says so, keeps it, and sends it again; in French, narrow, too', async () => {
  const customer = await meet('Paul Petit')
  await customer.press('Français')
  await customer.press('J’ai terminé')
  await customer.sees('Comment était l’aide de Marie Blanc')
  await customer.page.setOfflineMode(true)
  await customer.press('Mal')
  await customer.sees('Votre réponse n’a pas été envoyée')
  await customer.page.setViewport({ width: 390, height: 780 })
  expect(await leftInEnglish(customer.page)).toEqual([])
  await isAccessible(customer.page, 'rating-unreachable-french-narrow')
  await customer.page.setOfflineMode(false)
  await customer.press('Envoyer à nouveau')
  await customer.sees('Merci. Votre réponse a été envoyée.')
  await customer.browser.close()
})

test('Q15 where an admin turned the question off, no customer is asked', async () => {
  await toQueue(technician)
  await technician.press(/My account[\s\S]*/)
  await technician.sees('Asking customers how it was')
  await technician.tick('Ask customers after a session')
  await technician.press('Save the question')
  await technician.sees('Saved. It holds for customers who come from now on.')
  await isAccessible(technician.page, 'rating-setting')
  const customer = await meet('Nora Quiet')
  await technician.press(/.*Nora Quiet.*/)
  await technician.press('Connect')
  await technician.press('End session')
  await technician.confirm('End session')
  await customer.sees('ended the session')
  expect(await customer.read()).not.toContain('How was the help')
  await customer.browser.close()
  await technician.press('Back to the queue')
  await technician.press('Web activity')
  await technician.sees('Had customers not asked any more how it was')
  await technician.press(/My account[\s\S]*/)
  await technician.tick('Ask customers after a session')
  await technician.press('Save the question')
  await technician.sees('Saved. It holds')
})

test('Q15 who only waited, and who did not ask for the help, is not asked', async () => {
  const customer = await meet('Eve Stranger')
  await customer.press('I did not ask for this')
  await customer.sees('You are disconnected')
  expect(await customer.read()).not.toContain('How was the help')
  await customer.browser.close()
})
