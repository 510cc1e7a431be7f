import { Encrypter } from 'age-encryption'
import type { PublicKey } from '../protocol/keys.ts'

/** Seals to a group from outside it: only its members open it, the writer does not. @returns an age file */
export async function sealToGroup(publicKey: PublicKey, bytes: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(publicKey)
  return await encrypter.encrypt(bytes)
}
