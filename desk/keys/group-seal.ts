import { Decrypter } from 'age-encryption'
import { GroupSealError } from '../rooms/room-seal.ts'
import type { OpenKeyring } from './keyring.ts'

/** What `sealToGroup` made, for any epoch of the keyring. @throws GroupSealError */
export async function openSealedToGroup({ keys }: OpenKeyring, file: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  for (const { identity } of keys) decrypter.addIdentity(identity)
  await decrypter.decryptHeader(file).catch((cause: unknown) => {
    throw new GroupSealError('no-key', { cause })
  })
  return await decrypter.decrypt(file).catch((cause: unknown) => {
    throw new GroupSealError('tampered', { cause })
  })
}
