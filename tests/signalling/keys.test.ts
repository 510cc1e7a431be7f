import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { beginKeyring, sealKeyring } from '../../desk/keys/keyring.ts'
import { openVault, sealAgain } from '../../desk/keys/vault.ts'
import { MAX_KEYRING_BODY } from '../../protocol/limits.ts'
import { drawGroup } from '../support/keys.ts'
import { type Colleague, keysOf, openTeam, share, signIn } from '../support/team.ts'
import { greet } from './support/client.ts'
import { vaultOf } from './support/vault.ts'

let team: Awaited<ReturnType<typeof openTeam>>
let ada: Colleague

beforeEach(async () => {
  team = await openTeam()
  ada = team.admin
})

const refusal = (call: Promise<unknown>) => expect(call).rejects
const refused = (code: string, about?: string) => ({ refusal: { code, ...(about !== undefined && { about }) } })
const sealed = async () => {
  const wanted = (await ada.server.keyrings()).groups[0]?.wanted ?? []
  return { ...(await sealKeyring(await beginKeyring(team.group), wanted)), after: 0 }
}

test('the vault of the sign-up comes back with a sign-in, and to oneself only', async () => {
  const { vault } = await signIn(team.running, ada.me.email, ada.signInKey)
  expect(vault && (await openVault(vault, ada.vaultKey))).toBe(ada.identity)
  expect(await ada.server.vault()).toEqual({ vault })
  expect((await team.running.ask('/api/me/vault')).status).toBe(401)
})

test('a vault is replaced by the same identity only, and only with the right key', async () => {
  const again = await sealAgain(ada.identity, ada.vaultKey)
  const wrong = randomBytes(32).toString('base64url')
  await refusal(ada.server.keepVault({ signInKey: wrong, vault: again.vault })).toMatchObject(
    refused('wrong-credentials'),
  )
  await refusal(ada.server.keepVault({ signInKey: ada.signInKey, vault: vaultOf() })).toMatchObject(
    refused('conflict', 'vault'),
  )
  await ada.server.keepVault({ signInKey: ada.signInKey, vault: again.vault })
  expect(await ada.server.vault()).toEqual({ vault: again.vault })
})

test('an account without a vault gets the first that comes, not a second', async () => {
  await team.running.sql('delete from vaults')
  expect(await ada.server.vault()).toEqual({ vault: null })
  const vaults = [vaultOf(0), vaultOf(1)]
  const kept = await Promise.allSettled(
    vaults.map((vault) => ada.server.keepVault({ signInKey: ada.signInKey, vault })),
  )
  expect(kept.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const first = vaults[kept.findIndex(({ status }) => status === 'fulfilled')]
  expect(await ada.server.vault()).toEqual({ vault: first })
})

test.each([
  ['whose letters are mixed up', `age1${'q'.repeat(58)}`],
  ['that is the zero point', 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z'],
])('a public key %s is refused, since it would hold up the group', async (_, publicKey) => {
  await team.running.sql('delete from vaults')
  const body = { signInKey: ada.signInKey, vault: { ...vaultOf(), publicKey } }
  const { token } = await tokenOf(ada)
  expect(await team.running.ask('/api/me/vault', body, token)).toMatchObject({
    status: 400,
    body: { code: 'malformed', about: 'vault' },
  })
})

test('a keyring comes from those who are to read it only', async () => {
  const grace = await team.invite('Grace', [])
  const keyring = await sealed()
  await refusal(grace.server.sealKeyring(team.group, keyring)).toMatchObject(refused('not-found', 'group'))
  await refusal(ada.server.sealKeyring(drawGroup(), keyring)).toMatchObject(refused('not-found', 'group'))
  expect((await team.running.ask('/api/keyrings')).status).toBe(401)
  expect((await team.running.ask(`/api/groups/${team.group}/keyring`, keyring)).status).toBe(401)
  await team.running.sql('delete from vaults')
  await refusal(ada.server.sealKeyring(team.group, keyring)).toMatchObject(refused('forbidden'))
})

test('a keyring may be larger than other bodies, but not of any size', async () => {
  const { token } = await tokenOf(ada)
  const keyring = await sealed()
  const post = (length: number) =>
    team.running.ask(`/api/groups/${team.group}/keyring`, { ...keyring, sealed: 's'.repeat(length) }, token)
  expect((await post(MAX_KEYRING_BODY)).body).toEqual({ code: 'too-large' })
  expect((await post(256 * 1024 + 1)).body).toEqual({ code: 'malformed', about: 'sealed' })
  expect((await post(256 * 1024)).status).toBe(200)
})

test('who waits for keys is said to wait, and every desk is told when that is over', async () => {
  const waiting = async () =>
    (await team.people.people()).technicians.filter((row) => row.waitsForKeys).map(({ name }) => name)
  const grace = await team.invite('Grace', [team.group])
  expect(await waiting()).toEqual(['Ada', 'Grace'])
  await share(ada)
  expect(await waiting()).toEqual([])
  const linus = await team.invite('Linus', [team.group])
  expect(await waiting()).toEqual(['Linus'])
  const { token } = await tokenOf(grace)
  const desk = await greet(team.running, 'technician', token)
  await share(grace)
  await desk.next('people')
  expect(await waiting()).toEqual([])
  expect(await keysOf(linus, team.group)).toEqual(await keysOf(ada, team.group))
})

test('a group that is deleted takes its keyring along', async () => {
  const { id } = await team.people.createGroup({ name: 'Field' })
  await share(ada)
  expect(await team.running.rows('select group_id from keyrings')).toHaveLength(2)
  await team.people.deleteGroup(id)
  expect(await team.running.rows('select group_id from keyrings')).toEqual([{ group_id: team.group }])
  expect((await share(ada)).size).toBe(1)
})

test('the database has nothing that opens a key', async () => {
  await share(ada)
  const { keys } = await keysOf(ada, team.group)
  const rows = JSON.stringify([
    await team.running.rows('select * from vaults'),
    await team.running.rows('select * from keyrings'),
  ])
  const secrets = [ada.identity, ada.recoveryCode, ada.recoveryCode.replaceAll('-', ''), ada.signInKey]
  const all = [...secrets, ...keys.flatMap(({ identity, key, room }) => [identity, key, room])]
  expect(all.filter((secret) => rows.includes(secret))).toEqual([])
  expect(rows).toContain(ada.me.publicKey)
})

function tokenOf({ me, signInKey }: Colleague) {
  return signIn(team.running, me.email, signInKey)
}
