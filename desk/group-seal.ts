import { Decrypter, Encrypter } from 'age-encryption'
import type { PublicKey } from '../protocol/keys.ts'
import type { OpenKeyring } from './keyring.ts'
import { GroupSealError } from './rooms/room-seal.ts'

/** Seals to a group from outside it: only its members open it, the writer does not. @returns an age file */
export async function sealToGroup(publicKey: PublicKey, bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(publicKey)
  return await encrypter.encrypt(bytes)
}

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
