import { afterAll, beforeAll, expect, test } from 'vitest'
import { execute, rowsIn } from '../signalling/support/database.ts'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import { inviteByMail } from '../support/account.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { openDesk, openTechnician, signUp, type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let linus: Technician
const tickets: string[] = []

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  await techniciansPage(marie).open()
  await techniciansPage(marie).createGroup('Field')
  grace = await openDesk({ signal })
  await signUp(grace, await inviteByMail(marie, mail, 'grace@acme.example', 'Support'), 'Grace Hopper')
  linus = await openDesk({ signal })
  await signUp(linus, await inviteByMail(marie, mail, 'linus@acme.example', 'Field'), 'Linus Torvalds')
  for (const [name, request, note] of [
    ['Rosa Lima', 'Printer', 'Serial number QX-4711'],
    ['Rosa Lima', 'Screen', ''],
    ['Rosa Lima', 'Mouse', ''],
    ['Ada King', 'Keyboard', ''],
  ] as const) {
    await toQueue(grace)
    const { code } = await grace.create(name, request)
    const [row] = await rowsIn(server.dataDir, `select id from tickets where lookup = '${code.slice(0, 5)}'`)
    tickets.push(String(row?.id))
    if (note === '') continue
    await openTicket(tickets.length - 1)
    await grace.choose('Notes')
    await grace.press('Write a note')
    await grace.page.keyboard.type(note)
    await grace.press('Done')
  }
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

async function openTicket(at: number) {
  await grace.page.evaluate((id) => {
    location.hash = `#/ticket/${id}`
  }, tickets[at])
}

/** What this browser keeps of rooms, as text: documents of the tickets, and whether a name is anywhere. */
const keptOf = ({ page }: Technician, word: string) =>
  page.evaluate(
    async (text, ids) => {
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
      let found = 0
      for (const name of names.filter((one) => one.startsWith('queue:') || one === 'deskside-cases')) {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => resolve(opening.result)
          opening.onerror = () => reject(opening.error)
        })
        if (!database.objectStoreNames.contains('updates')) {
          database.close()
          continue
        }
        const rows = await new Promise<Uint8Array[]>((resolve) => {
          const all = database.transaction('updates').objectStore('updates').getAll()
          all.onsuccess = () => resolve(all.result)
        })
        found += rows.filter((row) => new TextDecoder('latin1').decode(row).includes(text)).length
        database.close()
      }
      return { rooms: names.filter((name) => ids.some((id) => name.includes(id))).length, found }
    },
    word,
    tickets.slice(0, 3),
  )

test('L4 L7 what expired is found under Resolved when the queue has it no longer, with its name and its notes', async () => {
  // The first one's time is over, the second is withdrawn and dismissed, the third resolved.
  await execute(server.dataDir, `update tickets set expires_at = 1 where id = '${tickets[0]}'`)
  await openTicket(1)
  await grace.press('More')
  await grace.press('Withdraw')
  await grace.confirm('Withdraw')
  await grace.sees('This code was withdrawn')
  await grace.press('Dismiss')
  await openTicket(2)
  await grace.press('Resolve')
  await grace.confirm('Resolve')
  await grace.sees('You resolved this ticket')
  await openTicket(0)
  await grace.sees('This code has expired', 40_000)
  await expect.poll(async () => (await keptOf(grace, 'Rosa Lima')).rooms, { timeout: 20_000 }).toBeGreaterThan(0)
  // Its name has been brought to the server by then, as the queue is told.
  await marie.press('Resolved')
  await marie.sees('Mouse')
  await marie.fill('Search resolved tickets', 'rosa lima')
  await marie.sees('Found: 1. All resolved tickets that fit the filters were searched: 1.')
  await isAccessible(marie.page, 'expired-offer')
  await marie.press('Delete all that were found…')
  await marie.sees('Only tickets that ended one way were searched.')
  await isAccessible(marie.page, 'expired-delete-limits')
  await marie.confirm('Cancel')
  await marie.press('Search expired ones too')
  await marie.sees('Found: 3. All tickets that are over and fit the filters were searched: 3.', 30_000)
  const read = await marie.read()
  for (const said of ['Printer', 'Screen', 'Withdrawn', 'Expired', 'Still in the queue', 'Resolved by Grace Hopper']) {
    expect(read).toContain(said)
  }
  await isAccessible(marie.page, 'expired-all')
  // A week later the queue has it no longer.
  await execute(server.dataDir, `update tickets set ended_at = ended_at - 8 * 86400000 where id = '${tickets[0]}'`)
  await grace.page.reload()
  await grace.sees('Ada King')
  await toQueue(grace)
  await grace.seesNot('Rosa Lima')
  await grace.press('Resolved')
  await grace.pick('How they ended', 'Expired or withdrawn')
  await grace.sees('Printer')
  await grace.fill('Search tickets that are over', 'printer')
  await grace.sees('Found: 1.')
  await grace.seesNot('Screen')
  await grace.press(/Rosa Lima[\s\S]*/)
  await grace.sees('Nobody can join with its code any more.')
  await grace.choose('Notes')
  await grace.sees('Serial number QX-4711')
  await isAccessible(grace.page, 'expired-past')
})

test('L7 who may not see it does not, and who is no admin deletes nothing', async () => {
  await linus.press('Resolved')
  await linus.pick('How they ended', 'All of them')
  await linus.sees('No ticket is over yet.')
  await grace.press('Resolved')
  await grace.pick('How they ended', 'All of them')
  await grace.fill('Search tickets that are over', 'rosa lima')
  await grace.sees('Found: 3. All tickets that are over and fit the filters were searched: 3.')
  expect(await grace.read()).not.toContain('Delete all that were found…')
})

test('L7 all of a customer that is over goes at once, and from a browser that was closed at its next start', async () => {
  expect((await keptOf(grace, 'Rosa Lima')).rooms).toBeGreaterThan(0)
  const address = grace.page.url()
  await grace.page.goto('about:blank')
  await marie.press('Delete all that were found…')
  await marie.sees('Delete 3 tickets?')
  expect(await marie.read()).not.toContain('Only tickets that ended one way were searched.')
  await isAccessible(marie.page, 'expired-delete')
  await marie.confirm('Delete for good')
  await marie.sees('Found: 0. All tickets that are over and fit the filters were searched: 0.')
  await grace.page.goto(address)
  await expect.poll(() => keptOf(grace, 'Rosa Lima'), { timeout: 40_000 }).toEqual({ rooms: 0, found: 0 })
  await toQueue(grace)
  await grace.sees('Ada King')
  expect((await keptOf(grace, 'Ada King')).found).toBeGreaterThan(0)
})

test('L4 F4 in French, dark, at a phone’s width', async () => {
  await toQueue(grace)
  await grace.press(/.*Ada King[\s\S]*/)
  await grace.press('More')
  await grace.press('Withdraw')
  await grace.confirm('Withdraw')
  await marie.press(/My account[\s\S]*/)
  await marie.choose('Français')
  await marie.press('Résolus')
  await marie.pick('Leur issue', 'Tous')
  await marie.sees('Encore dans la file')
  await marie.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  await isAccessible(marie.page, 'expired-french-dark')
  await marie.page.setViewport({ width: 390, height: 780 })
  await marie.fill('Rechercher un ticket terminé', 'ada')
  await marie.sees('Trouvés')
  await isAccessible(marie.page, 'expired-french-narrow')
  expect(await leftInEnglish(marie.page)).toEqual([])
  await marie.press('Supprimer tous ceux qui ont été trouvés…')
  await isAccessible(marie.page, 'expired-french-narrow-delete')
})
