import { expect, test } from 'vitest'
import { beginKeyring, sealKeyring } from '../../../desk/keys/keyring.ts'
import { beginAnew } from '../../../desk/keys/keyring-anew.ts'
import { openForGroup, sealForGroup } from '../../support/group-words.ts'
import { type Colleague, keysOf, openTeam, share } from '../../support/team.ts'

const words = new TextEncoder().encode('the printer in room 4')
const kinds = async (colleague: Colleague) => [...(await share(colleague)).values()].map(({ kind }) => kind)

/** A group whose keyring a member of ill will put nonsense in the place of: sealed to all, and nobody can open it. */
async function sabotaged() {
  const team = await openTeam()
  const { admin: ada, group } = team
  const grace = await team.invite('Grace', [group])
  const mallory = await team.invite('Mallory', [group])
  await share(ada)
  const before = await keysOf(grace, group)
  const [entry] = (await mallory.server.keyrings()).groups
  if (!entry?.keyring) throw new Error('shared above')
  const { epoch, publicKey, revision: after } = entry.keyring
  const { sealed } = await sealKeyring(await beginKeyring(group, epoch), entry.wanted)
  await mallory.server.sealKeyring(group, { epoch, publicKey, sealed, readers: entry.wanted, after })
  return { ...team, ada, grace, mallory, before, after: after + 1 }
}

test('an admin begins broken keys anew, and the whole group goes on; what was sealed before stays closed', async () => {
  const { group, ada, grace, before } = await sabotaged()
  const early = await sealForGroup(before, 'queue', words)
  expect(await kinds(ada)).toEqual(['waiting-for-a-colleague'])
  expect(await kinds(grace)).toEqual(['waiting-for-a-colleague'])
  await beginAnew(ada.server, group)
  const keyring = await keysOf(grace, group)
  expect(keyring).toEqual(await keysOf(ada, group))
  expect(keyring.keys.map(({ epoch }) => epoch)).toEqual([2])
  expect(await openForGroup(keyring, 'queue', await sealForGroup(keyring, 'queue', words))).toEqual(words)
  await expect(openForGroup(keyring, 'queue', early)).rejects.toThrow('no-key')
})

test('nobody else begins keys anew, and nobody where there are none', async () => {
  const { group, people, ada, mallory } = await sabotaged()
  const before = (await ada.server.keyrings()).groups
  await expect(beginAnew(mallory.server, group)).rejects.toMatchObject({ refusal: { code: 'forbidden' } })
  expect((await ada.server.keyrings()).groups).toEqual(before)
  const empty = await people.createGroup({ name: 'Field' })
  await expect(beginAnew(ada.server, empty.id)).rejects.toMatchObject({ refusal: { code: 'conflict' } })
})
