import type { Page } from 'puppeteer'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newestKey, type OpenKeyring, openKeyring } from '../../desk/keys/keyring.ts'
import { stretch } from '../../desk/keys/password.ts'
import { openVault } from '../../desk/keys/vault.ts'
import { checkServer } from '../../desk/server/server.ts'
import { serverRooms } from '../../desk/server/server-rooms.ts'
import { fromBase64url } from '../../peer/base64url.ts'
import { queueRoom } from '../../protocol/rooms.ts'
import { inviteByMail, openAccount, tokensOf } from '../support/account.ts'
import { openForGroup, sealForGroup } from '../support/group-words.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { keysOf, share, signIn } from '../support/team.ts'
import { openDesk, openTechnician, PASSWORD, signUp, type Technician, toQueue } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
const MARIE = 'marie@acme.example'
const GRACE = 'grace@acme.example'
const WORDS = new TextEncoder().encode('the alarm code of the warehouse')
const EARLY = 'Ludmilla Early'
const LATE = 'Ludmilla Late'
const secrets: string[] = [PASSWORD, 'Bartholomew Quist', 'unreadable ledger']
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician
let keptByGrace: OpenKeyring

beforeAll(async () => {
  mail = await startMailServer()
  server = await startTestServer({ env: mail.environment, signal })
  marie = await openTechnician(server.setupLink, { signal })
  grace = await openDesk({ signal })
  secrets.push(await signUp(grace, await inviteByMail(marie, mail, GRACE, 'Support'), 'Grace Hopper'))
})
afterAll(async () => {
  over.abort()
  await mail.close()
})

type Device = Awaited<ReturnType<typeof deviceOf>>

/** The same account by its password, as a device that keeps what it gets: what is in a browser's hands cannot be read there. */
async function deviceOf(email: string) {
  const found = await checkServer(server.url)
  if (found.kind !== 'deskside') throw new Error('the server of the test')
  const { signInKey, vaultKey } = await stretch(PASSWORD, found.instance.instance, email)
  const { me, vault, token, server: client } = await signIn(server, email, signInKey)
  if (!vault) throw new Error('the sign-up keeps one')
  const identity = await openVault(vault, vaultKey)
  secrets.push(signInKey, token, identity)
  return { me, identity, server: client }
}

/** What of the queue's entries at the server these keys open, as one text. `shut`: how many they do not open. */
async function readQueue(device: Device, keyring: OpenKeyring) {
  const room = queueRoom(keyring.group)
  const { entries } = await serverRooms(device.server).pull(room, { after: 0 }, signal)
  let shut = 0
  const texts = entries.map(async ({ sealed }) => {
    const bytes = await openForGroup(keyring, room, fromBase64url(sealed)).catch(() => undefined)
    if (!bytes) shut += 1
    return new TextDecoder().decode(bytes)
  })
  return { text: (await Promise.all(texts)).join(), shut }
}

/** Every text of a page's IndexedDB. */
function readDisk(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const decoder = new TextDecoder()
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return decoder.decode(value)
      return typeof value === 'object' && value ? Object.values(value).map(textOf).join() : String(value)
    }
    const texts: string[] = []
    for (const { name } of await indexedDB.databases()) {
      const db = await answer(indexedDB.open(name ?? ''))
      for (const store of db.objectStoreNames) {
        texts.push(...(await answer(db.transaction(store).objectStore(store).getAll())).map(textOf))
      }
      db.close()
    }
    return texts.join()
  })
}

/** What the server has of the group's keys. */
async function keyringAt(device: Device) {
  const [entry] = (await device.server.keyrings()).groups
  if (!entry?.keyring) throw new Error('no keyring yet')
  return { group: entry.group, keyring: entry.keyring }
}

test('P5 G3 whoever is removed from a group cannot read what is written there afterwards', async () => {
  await toQueue(marie)
  await marie.create(EARLY, 'The door of the warehouse')
  await toQueue(grace)
  await grace.sees(EARLY)
  await openAccount(grace)
  await grace.sees(/Support\s+Here/)
  const [graces, maries] = [await deviceOf(GRACE), await deviceOf(MARIE)]
  const { group } = await keyringAt(graces)
  const kept = await keysOf(graces, group)
  keptByGrace = kept
  const early = await sealForGroup(await keysOf(maries, group), 'case:1', WORDS)
  expect(await openForGroup(kept, 'case:1', early)).toEqual(WORDS)

  const people = techniciansPage(marie)
  await people.open()
  await people.view('Support')
  await people.select(GRACE)
  await marie.press('Move')
  await marie.choose('Remove from “Support”')
  await marie.confirm('Remove')
  await people.seesNoRow(GRACE)
  await grace.sees('You are in no group yet, so there are no keys yet.')

  // Marie's open desk made new keys by itself: nobody else has any.
  const { keyring } = await vi.waitFor(
    async () => {
      const now = await keyringAt(maries)
      expect(now.keyring.readers.map(({ technician }) => technician)).toEqual([maries.me.id])
      return now
    },
    { timeout: 20_000, interval: 200 },
  )
  expect(keyring.epoch).toBe(newestKey(kept).epoch + 1)
  const late = await sealForGroup(await keysOf(maries, group), 'case:1', WORDS)
  await expect(openForGroup(kept, 'case:1', late)).rejects.toMatchObject({ why: 'no-key' })
  await expect(openKeyring(group, keyring, graces.identity)).rejects.toThrow('the keyring does not open')
  expect((await share(graces)).has(group)).toBe(false)
  expect(await openForGroup(await keysOf(maries, group), 'case:1', early)).toEqual(WORDS)
})

test('P5 G3 what is written in the queue after the removal is not for who was removed: not live, not fetched, not with the old keys', async () => {
  const [graces, maries] = [await deviceOf(GRACE), await deviceOf(MARIE)]
  await toQueue(grace)
  await grace.seesNot(EARLY)
  await toQueue(marie)
  await marie.press(new RegExp(`.*${EARLY}.*`))
  await marie.press('Edit')
  await marie.fill('Customer’s name', LATE)
  await marie.confirm('Save')
  await marie.sees(LATE)

  const { group } = await keyringAt(maries)
  const read = await vi.waitFor(
    async () => {
      const found = await readQueue(maries, await keysOf(maries, group))
      expect(found.text).toContain(LATE)
      return found
    },
    { timeout: 20_000, interval: 200 },
  )
  expect(read.shut).toBe(0)
  // With the bytes in hand, as from a stolen disk of the server: her keys open what was before, and nothing of what came after.
  const old = await readQueue(maries, keptByGrace)
  expect(old.text).toContain(EARLY)
  expect(old.text).not.toContain(LATE)
  expect(old.shut).toBeGreaterThan(0)
  await expect(readQueue(graces, keptByGrace)).rejects.toMatchObject({ refusal: { code: 'not-found' } })
  await grace.seesNot(LATE)
  expect(await readDisk(marie.page)).toContain(LATE)
  expect(await readDisk(grace.page)).not.toContain(LATE)
})

test('P5 G3 who comes back is given the keys by the colleague’s open desk, live', async () => {
  const people = techniciansPage(marie)
  await people.open()
  await people.view('All technicians')
  await people.select(GRACE)
  await marie.press('Move')
  await marie.choose('Add to these groups')
  await people.check('Support')
  await marie.confirm('Move')
  await people.seesRow({ address: GRACE, groups: 'Support' })
  await openAccount(grace)
  await grace.sees(/Support\s+Here/)
})

test('G3 the server’s disk and logs have no key, token or password, and nothing of what a ticket says', async () => {
  await toQueue(marie)
  const { code } = await marie.create('Bartholomew Quist', 'An unreadable ledger')
  secrets.push(code.slice(-5), ...(await tokensOf(marie.page)), ...(await tokensOf(grace.page)))
  const stored = await readStored(server.dataDir)
  expect(stored).toContain(GRACE)
  expect(leaked(stored, secrets)).toEqual([])
  expect(leaked(server.log.join('\n'), secrets)).toEqual([])
})
