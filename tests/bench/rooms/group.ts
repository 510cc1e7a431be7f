import { beginKeyring, type OpenKeyring, sealKeyring } from '../../../desk/keys/keyring.ts'
import { serverPeople } from '../../../desk/server/server-people.ts'
import type { GroupId } from '../../../protocol/ids.ts'
import type { Organisation } from '../accounts/organisation.ts'

/** The first group, with a keyring that its only member, the admin, can open. */
export async function keyGroup(
  { client, admin, publicKey }: Organisation,
  signal: AbortSignal,
): Promise<{ group: GroupId; keyring: OpenKeyring }> {
  const [first] = (await serverPeople(client).people(signal)).groups
  if (!first) throw new Error('there is no group')
  const keyring = await beginKeyring(first.id)
  const sealed = await sealKeyring(keyring, [{ technician: admin.me.id, publicKey }])
  await client.sealKeyring(first.id, { ...sealed, after: 0 }, signal)
  return { group: first.id, keyring }
}
