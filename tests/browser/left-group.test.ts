import type { HTTPRequest } from 'puppeteer'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isAccessible, leftInEnglish } from '../support/accessible.ts'
import type { MailServer } from '../support/mail-server.ts'
import { type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'
import { openTwoDesks } from '../support/two-desks.ts'

const over = new AbortController()
const { signal } = over
const GRACE = 'grace@acme.example'
let mail: MailServer
let marie: Technician
let grace: Technician

beforeAll(async () => {
  ;({ mail, marie, grace } = await openTwoDesks(signal))
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

/** The documents that Grace's browser keeps. */
const rooms = () =>
  grace.page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name = '' }) => name)
    return names.filter((name) => /^(queue|case|board):/.test(name)).map((name) => name.split(':')[0])
  })

/** What Grace's browser knows of its documents: those that it has told the server whole, and those with something unsent. */
const known = () =>
  grace.page.evaluate(async () => {
    const opening = indexedDB.open('deskside-rooms')
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const database = opening.result
    const keysOf = async (store: string) => {
      const asked = database.transaction(store).objectStore(store).getAllKeys()
      await new Promise((resolve) => asked.addEventListener('success', resolve))
      return asked.result.map((key) => String(key).split(':')[0]).sort()
    }
    const found = { whole: await keysOf('rooms'), unsent: await keysOf('unsent') }
    database.close()
    return found
  })

async function removeGrace() {
  const people = techniciansPage(marie)
  await people.open()
  await people.view('Support')
  await people.select(GRACE)
  await marie.press('Move')
  await marie.choose('Remove from “Support”')
  await marie.confirm('Remove')
  await people.seesNoRow(GRACE)
}

async function takeGraceBack() {
  const people = techniciansPage(marie)
  await people.open()
  await people.view('All technicians')
  await people.select(GRACE)
  await marie.press('Move')
  await marie.choose('Add to these groups')
  await people.check('Support')
  await marie.confirm('Move')
  await people.seesRow({ address: GRACE, groups: 'Support' })
}

async function openNotes(name: string) {
  await toQueue(grace)
  await grace.press(new RegExp(`.*${name}.*`))
  await grace.choose('Notes')
}

test('P5 G3 after leaving a group nothing of it is left in the browser, and coming back brings it again', async () => {
  await toQueue(marie)
  await marie.create('Rosa Lima', 'The scanner hums')
  await toQueue(grace)
  await grace.create('Ines Alvarado', 'The lamp flickers')
  await openNotes('Ines Alvarado')
  await grace.press('Write a note')
  await grace.fill('Notes', 'Third floor')
  await grace.sees('Rosa Lima')
  await vi.waitFor(async () => expect((await rooms()).toSorted()).toEqual(['case', 'queue']), { timeout: 20_000 })
  await vi.waitFor(async () => expect(await known()).toEqual({ whole: ['case', 'queue'], unsent: [] }), {
    timeout: 20_000,
  })
  await removeGrace()
  await grace.sees('You are no longer in “Support”')
  await grace.sees('Everything that was written here had reached the server')
  await grace.sees('or you are no longer in its group')
  await isAccessible(grace.page, 'left-group')
  await vi.waitFor(async () => expect(await rooms()).toEqual([]), { timeout: 20_000 })
  await grace.seesNot('Rosa Lima')
  await grace.press('Dismiss')
  await grace.seesNot('You are no longer in “Support”')
  await takeGraceBack()
  await grace.sees('Rosa Lima')
  // Nobody has it since she left.
  await grace.press(/.*Ines Alvarado.*/)
  await grace.press(/Assign to me\s*A?/)
  await openNotes('Ines Alvarado')
  await grace.sees('Third floor')
})

test('P5 G4 what had not been sent when one left a group is said, and stays until one has read it', async () => {
  const cut = (request: HTTPRequest) =>
    void (request.url().includes('/api/rooms/') ? request.abort() : request.continue())
  await grace.page.setRequestInterception(true)
  grace.page.on('request', cut)
  await grace.press('Edit')
  await grace.fill('Request', 'Never sent')
  await grace.confirm('Save')
  await grace.sees('Never sent')
  await grace.press(/My account[\s\S]*/)
  await grace.press('Sign out')
  await grace.sees('Your last changes have not reached the server. They stay in this browser')
  await isAccessible(grace.page, 'sign-out-unsent')
  await grace.confirm('Cancel')
  await removeGrace()
  await grace.sees('You are no longer in “Support”')
  await grace.sees('had not reached the server, which does not take it from you any more')
  await isAccessible(grace.page, 'left-group-unsent')
  expect(await rooms()).toContain('queue')
  grace.page.off('request', cut)
  await grace.page.setRequestInterception(false)
  await grace.page.reload()
  await grace.sees('had not reached the server, which does not take it from you any more')
  await grace.press(/My account[\s\S]*/)
  await grace.choose('Français')
  await grace.sees('n’était pas arrivé au serveur, qui ne l’accepte plus de vous')
  expect(await leftInEnglish(grace.page)).toEqual([])
  await grace.page.setViewport({ width: 360, height: 740 })
  await isAccessible(grace.page, 'left-group-french-narrow')
  await grace.press('Le retirer de ce navigateur')
  await grace.seesNot('n’était pas arrivé au serveur')
  await vi.waitFor(async () => expect(await rooms()).toEqual([]), { timeout: 20_000 })
})
