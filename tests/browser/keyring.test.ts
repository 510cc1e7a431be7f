import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newestKey, openKeyring } from '../../desk/keyring.ts'
import { stretch } from '../../desk/password.ts'
import { checkServer } from '../../desk/server.ts'
import { openVault } from '../../desk/vault.ts'
import { inviteByMail, openAccount, tokensOf } from '../support/account.ts'
import { openForGroup, sealForGroup } from '../support/group-words.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { leaked, readStored } from '../support/stored.ts'
import { keysOf, share, signIn } from '../support/team.ts'
import { openDesk, openTechnician, PASSWORD, signUp, type Technician } from '../support/technician.ts'
import { techniciansPage } from '../support/technicians-page.ts'

const over = new AbortController()
const { signal } = over
const MARIE = 'marie@acme.example'
const GRACE = 'grace@acme.example'
const WORDS = new TextEncoder().encode('the alarm code of the warehouse')
const secrets: string[] = [PASSWORD, 'Bartholomew Quist', 'unreadable ledger']
let mail: MailServer
let server: TestServer
let marie: Technician
let grace: Technician

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

/** What the server has of the group's keys. */
async function keyringAt(device: Awaited<ReturnType<typeof deviceOf>>) {
  const [entry] = (await device.server.keyrings()).groups
  if (!entry?.keyring) throw new Error('no keyring yet')
  return { group: entry.group, keyring: entry.keyring }
}

test('P5 G3 whoever is removed from a group cannot read what is written there afterwards', async () => {
  await openAccount(grace)
  await grace.sees(/Support\s+Here/)
  const [graces, maries] = [await deviceOf(GRACE), await deviceOf(MARIE)]
  const { group } = await keyringAt(graces)
  const kept = await keysOf(graces, group)
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

test('P5 G3 who comes back is given the keys by the colleague’s open desk, live', async () => {
  const people = techniciansPage(marie)
  await people.view('All technicians')
  await people.select(GRACE)
  await marie.press('Move')
  await marie.choose('Add to these groups')
  await people.check('Support')
  await marie.confirm('Move')
  await people.seesRow({ address: GRACE, groups: 'Support' })
  await grace.sees(/Support\s+Here/)
})

test('G3 the server’s disk and logs have no key, token or password, and nothing of what a ticket says', async () => {
  await marie.press(/Service queue[\s\S]*/)
  const { code } = await marie.create('Bartholomew Quist', 'An unreadable ledger')
  secrets.push(code.slice(-5), ...(await tokensOf(marie.page)), ...(await tokensOf(grace.page)))
  const stored = await readStored(server.dataDir)
  expect(stored).toContain(GRACE)
  expect(leaked(stored, secrets)).toEqual([])
  expect(leaked(server.log.join('\n'), secrets)).toEqual([])
})
