import { Decrypter, Encrypter } from 'age-encryption'
import { fromBase64url } from '../peer/base64url.ts'
import type { PublicKey } from '../protocol/keys.ts'
import { newestKey, type OpenKeyring } from './keyring.ts'

/**
 * What a group writes, sealed with its newest key: the epoch (u32), a random nonce (12 bytes), and AES-256-GCM with the group,
 * the epoch and the caller's context bound in. A reader of a later keyring opens it; who left before this epoch does not.
 */

const EPOCH_BYTES = 4
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * `no-key`: sealed with an epoch that this keyring does not have; a newer keyring may. `tampered`: for another group or
 * context, cut short or changed.
 */
export class GroupSealError extends Error {
  override readonly name = 'GroupSealError'
  readonly why: 'no-key' | 'tampered'
  constructor(why: 'no-key' | 'tampered', options?: ErrorOptions) {
    super(why, options)
    this.why = why
  }
}

/** @param context where the bytes belong (`case:…`, `queue`); they open for the same context only */
export async function sealForGroup(
  keyring: OpenKeyring,
  context: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { epoch, key } = newestKey(keyring)
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const box = await crypto.subtle.encrypt(aead(keyring, epoch, context, nonce), await importKey(key, 'encrypt'), bytes)
  const sealed = new Uint8Array(EPOCH_BYTES + NONCE_BYTES + box.byteLength)
  new DataView(sealed.buffer).setUint32(0, epoch)
  sealed.set(nonce, EPOCH_BYTES)
  sealed.set(new Uint8Array(box), EPOCH_BYTES + NONCE_BYTES)
  return sealed
}

/** @throws GroupSealError */
export async function openForGroup(
  keyring: OpenKeyring,
  context: string,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (sealed.byteLength < EPOCH_BYTES + NONCE_BYTES + TAG_BYTES) throw new GroupSealError('tampered')
  const epoch = new DataView(sealed.buffer, sealed.byteOffset).getUint32(0)
  const found = keyring.keys.find((key) => key.epoch === epoch)
  if (!found) throw new GroupSealError('no-key')
  const nonce = sealed.subarray(EPOCH_BYTES, EPOCH_BYTES + NONCE_BYTES)
  const key = await importKey(found.key, 'decrypt')
  try {
    const box = sealed.subarray(EPOCH_BYTES + NONCE_BYTES)
    return new Uint8Array(await crypto.subtle.decrypt(aead(keyring, epoch, context, nonce), key, box))
  } catch (cause) {
    throw new GroupSealError('tampered', { cause })
  }
}

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

function aead({ group }: OpenKeyring, epoch: number, context: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  const bound = JSON.stringify(['deskside group 1', group, epoch, context])
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(bound) }
}

async function importKey(key: string, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', fromBase64url(key), 'AES-GCM', false, [usage])
}
