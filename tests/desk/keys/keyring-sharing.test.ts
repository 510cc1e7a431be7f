import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { beginKeyring, sealKeyring } from '../../../desk/keys/keyring.ts'
import { shareKeyrings } from '../../../desk/keys/keyring-sharing.ts'
import { stretch } from '../../../desk/keys/password.ts'
import { makeVault, openVault, openWithRecoveryCode, sealAgain } from '../../../desk/keys/vault.ts'
import { checkServer } from '../../../desk/server/server.ts'
import { RefusedError } from '../../../protocol/errors.ts'
import { openForGroup, sealForGroup } from '../../support/group-words.ts'
import { drawReader } from '../../support/keys.ts'
import { type Colleague, keysOf, openTeam, share, signIn, type Team } from '../../support/team.ts'

let team: Awaited<ReturnType<typeof openTeam>>
let ada: Colleague

beforeEach(async () => {
  team = await openTeam()
  ada = team.admin
})

const words = new TextEncoder().encode('the printer in room 4')
const kinds = async (colleague: Colleague) => [...(await share(colleague)).values()].map(({ kind }) => kind)
const wanted = async ({ server }: Colleague) => (await server.keyrings()).groups[0]?.wanted ?? []
const newVault = () => makeVault(new Uint8Array(randomBytes(32)))
const move = (who: Colleague, change: Partial<Record<'add' | 'remove', Team['group'][]>>) =>
  team.people.move({ technicians: [who.me.id], add: [], remove: [], ...change })

test('the first browser makes the keys, and a second round changes nothing', async () => {
  const made = await keysOf(ada, team.group)
  expect(made.keys).toHaveLength(1)
  const before = await ada.server.keyrings()
  expect(await keysOf(ada, team.group)).toEqual(made)
  expect(await ada.server.keyrings()).toEqual(before)
  expect(before.groups[0]?.keyring).toMatchObject({ revision: 1, epoch: 1 })
})

test('who joins waits for any colleague’s browser, and then reads what was sealed before', async () => {
  const early = await sealForGroup(await keysOf(ada, team.group), 'queue', words)
  const grace = await team.invite('Grace', [team.group])
  expect(await kinds(grace)).toEqual(['waiting-for-a-colleague'])
  await share(ada)
  const keyring = await keysOf(grace, team.group)
  expect(keyring.keys).toHaveLength(1)
  expect(await openForGroup(keyring, 'queue', early)).toEqual(words)
})

test('who leaves a group cannot read what is written afterwards, and gets nothing from the server any more', async () => {
  const grace = await team.invite('Grace', [team.group])
  const linus = await team.invite('Linus', [team.group])
  await share(ada)
  const [kept, seen] = [await keysOf(grace, team.group), await grace.server.keyrings()]
  await move(grace, { remove: [team.group] })
  // Any colleague’s browser turns the key, no admin is needed.
  const keyring = await keysOf(linus, team.group)
  expect(keyring.keys.map(({ epoch }) => epoch)).toEqual([2, 1])
  const later = await sealForGroup(keyring, 'queue', words)
  await expect(openForGroup(kept, 'queue', later)).rejects.toThrow('no-key')
  expect((await grace.server.keyrings()).groups).toEqual([])
  expect(seen.groups).toHaveLength(1)
  const forged = grace.server.sealKeyring(team.group, { ...(await sealKeyring(kept, await wanted(linus))), after: 3 })
  await expect(forged).rejects.toMatchObject({ refusal: { code: 'not-found' } })
  // Back again, with all that there is to read.
  await move(grace, { add: [team.group] })
  await share(ada)
  expect(await openForGroup(await keysOf(grace, team.group), 'queue', later)).toEqual(words)
})

test('deactivating somebody, and taking the admin rights of one who is no member, turn the key too', async () => {
  const grace = await team.invite('Grace', [team.group])
  const linus = await team.invite('Linus', [], true)
  await share(ada)
  expect(await keysOf(linus, team.group)).toEqual(await keysOf(grace, team.group))
  await team.people.changeTechnician(linus.me.id, { admin: false })
  expect((await keysOf(grace, team.group)).keys[0]?.epoch).toBe(2)
  expect((await linus.server.keyrings()).groups).toEqual([])
  await team.people.changeTechnician(grace.me.id, { active: false })
  expect((await keysOf(ada, team.group)).keys[0]?.epoch).toBe(3)
})

test('a group’s keys go to its members and the admins only', async () => {
  const second = await team.people.createGroup({ name: 'Field' })
  const grace = await team.invite('Grace', [team.group])
  const linus = await team.invite('Linus', [second.id])
  await share(ada)
  expect([...(await share(grace)).keys()]).toEqual([team.group])
  expect([...(await share(linus)).keys()]).toEqual([second.id])
  expect((await keysOf(linus, second.id)).keys[0]?.key).not.toBe((await keysOf(grace, team.group)).keys[0]?.key)
  expect((await share(ada)).size).toBe(2)
})

test('a reset without the recovery code: new keys wait for a colleague, and the old ones get nothing more', async () => {
  const grace = await team.invite('Grace', [team.group])
  await share(ada)
  const early = await sealForGroup(await keysOf(grace, team.group), 'queue', words)
  const reset = await team.reset(grace, await newVault())
  expect(await kinds(reset)).toEqual(['waiting-for-a-colleague'])
  // A device with the identity of before: not with the new sign-in either.
  expect(await kinds({ ...reset, identity: grace.identity })).toEqual(['no-keys-here'])
  const later = await sealForGroup(await keysOf(ada, team.group), 'queue', words)
  const keyring = await keysOf(reset, team.group)
  expect(keyring.keys.map(({ epoch }) => epoch)).toEqual([2, 1])
  expect(await openForGroup(keyring, 'queue', early)).toEqual(words)
  expect(await openForGroup(keyring, 'queue', later)).toEqual(words)
})

test('a reset with the recovery code keeps the keys: nobody has to be waited for', async () => {
  const grace = await team.invite('Grace', [team.group])
  await share(ada)
  const before = await keysOf(grace, team.group)
  const { vault } = await grace.server.vault()
  if (!vault) throw new Error('made at sign-up')
  const identity = await openWithRecoveryCode(vault, grace.recoveryCode)
  const reset = await team.reset(grace, { ...(await sealAgain(identity, grace.vaultKey)), identity })
  expect(await keysOf(reset, team.group)).toEqual(before)
})

test('the only one who could open the keys lost them: the group begins anew and goes on', async () => {
  const before = await keysOf(ada, team.group)
  const reset = await team.reset(ada, await newVault())
  const keyring = await keysOf(reset, team.group)
  expect(keyring.keys.map(({ epoch }) => epoch)).toEqual([2])
  expect(keyring.keys[0]?.key).not.toBe(before.keys[0]?.key)
})

test('a second device opens the vault by the password alone', async () => {
  const found = await checkServer(team.running.url)
  if (found.kind !== 'deskside') throw new Error('the server of the test')
  const { instance } = found.instance
  const password = 'correct horse battery'
  const stretched = await stretch(password, instance, ada.me.email)
  const { vault } = await sealAgain(ada.identity, stretched.vaultKey)
  const change = { signInKey: ada.signInKey, newSignInKey: stretched.signInKey, vault }
  await ada.server.account.changePassword(change)
  const again = await stretch(password, instance, ada.me.email)
  const { me, vault: sealed, server } = await signIn(team.running, ada.me.email, again.signInKey)
  if (!sealed) throw new Error('kept with the change')
  const identity = await openVault(sealed, again.vaultKey)
  expect(await keysOf({ me, identity, server }, team.group)).toEqual(await keysOf(ada, team.group))
})

test('a browser without the account’s keys says so, and disturbs nothing', async () => {
  const before = await keysOf(ada, team.group)
  const stranger = { ...ada, identity: (await drawReader('stranger')).identity }
  expect(await kinds(stranger)).toEqual(['no-keys-here'])
  const signal = AbortSignal.timeout(10_000)
  const none = await shareKeyrings({ server: ada.server, identity: undefined, technician: ada.me.id, signal })
  expect([...none.values()]).toEqual([{ kind: 'no-keys-here' }])
  expect(await keysOf(ada, team.group)).toEqual(before)
})

test('five colleagues’ browsers at the same moment end in one keyring that all of them open', async () => {
  const names = ['Grace', 'Linus', 'Margaret', 'Edsger']
  const others = []
  for (const name of names) others.push(await team.invite(name, [team.group]))
  const everybody = [ada, ...others]
  const leaving = everybody.at(-1) ?? ada
  for (const change of [() => undefined, () => move(leaving, { remove: [team.group] })]) {
    await change()
    const left = (await wanted(ada)).map(({ technician }) => technician)
    const there = everybody.filter(({ me }) => left.includes(me.id))
    await Promise.all(there.map(share))
    const keyrings = await Promise.all(there.map((colleague) => keysOf(colleague, team.group)))
    expect(new Set(keyrings.map((keyring) => JSON.stringify(keyring))).size).toBe(1)
  }
  expect((await keysOf(ada, team.group)).keys).toHaveLength(2)
})

test('of twenty keyrings at once one wins, and the others are told that they were late', async () => {
  const readers = await wanted(ada)
  const posts = Array.from({ length: 20 }, async () => {
    const sealed = await sealKeyring(await beginKeyring(team.group), readers)
    return await ada.server.sealKeyring(team.group, { ...sealed, after: 0 })
  })
  const results = await Promise.allSettled(posts)
  const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason)
  expect(refused).toHaveLength(19)
  expect(refused.filter((reason) => reason instanceof RefusedError && reason.refusal.code === 'conflict')).toEqual(
    refused,
  )
  expect((await keysOf(ada, team.group)).keys).toHaveLength(1)
})
