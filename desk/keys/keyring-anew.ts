import { RefusedError } from '../../protocol/errors.ts'
import type { GroupId } from '../../protocol/ids.ts'
import type { ServerClient } from '../server/server.ts'
import { beginKeyring, sealKeyring } from './keyring.ts'

/**
 * A fresh keyring for a group whose present one is lost or nonsense: only an admin may. What was sealed with the keys before
 * stays closed. The next round of sharing opens it, here and in every other browser.
 * @throws RefusedError `conflict` where somebody was first
 */
export async function beginAnew(
  server: Pick<ServerClient, 'keyrings' | 'sealKeyring'>,
  group: GroupId,
  signal?: AbortSignal,
): Promise<void> {
  const entry = (await server.keyrings(signal)).groups.find((one) => one.group === group)
  if (!entry?.keyring) throw new RefusedError({ code: 'conflict', about: 'group' })
  const { keyring, wanted } = entry
  const sealed = await sealKeyring(await beginKeyring(group, keyring.epoch + 1), wanted)
  await server.sealKeyring(group, { ...sealed, after: keyring.revision, anew: true }, signal)
}
