import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import * as v from 'valibot'
import { fromBase64url, toBase64url } from '../../peer/base64url.ts'
import type { GroupId } from '../../protocol/ids.ts'
import { Keyring, PublicKey, type Reader, type SealedKeyring, type SealKeyringRequest } from '../../protocol/keys.ts'
import type { HeldIdentity } from './identity.ts'

/** A group's keys in the open, the newest first. */
export type OpenKeyring = v.InferOutput<typeof Keyring>
export type GroupKey = OpenKeyring['keys'][number]

/** What was sealed does not open with this identity, or is not the keyring that it says it is. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError'
}

/** A keyring with one fresh key. @param epoch 1, or one more than the keyring that nobody can open any more */
export async function beginKeyring(group: GroupId, epoch = 1): Promise<OpenKeyring> {
  return { group, keys: [await drawKey(epoch)] }
}

/** The same keyring with a fresh key in front; those before it stay, to read what was sealed with them. */
export async function addEpoch(keyring: OpenKeyring): Promise<OpenKeyring> {
  return { ...keyring, keys: [await drawKey(newestKey(keyring).epoch + 1), ...keyring.keys] }
}

/** The key with which the group seals now. */
export function newestKey({ keys }: OpenKeyring): GroupKey {
  const [newest] = keys
  if (!newest) throw new KeyringError('a keyring without keys')
  return newest
}

/** Seals the whole keyring, older epochs included, to its readers. @throws Error where a public key is none. */
export async function sealKeyring(keyring: OpenKeyring, readers: Reader[]): Promise<Omit<SealKeyringRequest, 'after'>> {
  const { epoch, identity } = newestKey(keyring)
  const encrypter = new Encrypter()
  for (const { publicKey } of readers) encrypter.addRecipient(publicKey)
  const sealed = toBase64url(await encrypter.encrypt(JSON.stringify(keyring)))
  return { epoch, publicKey: v.parse(PublicKey, await identityToRecipient(identity)), sealed, readers }
}

/** @throws KeyringError */
export async function openKeyring(
  group: GroupId,
  { sealed, epoch, publicKey }: Pick<SealedKeyring, 'sealed' | 'epoch' | 'publicKey'>,
  identity: HeldIdentity,
): Promise<OpenKeyring> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const text = await decrypter.decrypt(fromBase64url(sealed), 'text').catch((cause: unknown) => {
    throw new KeyringError('the keyring does not open', { cause })
  })
  const read = v.safeParse(Keyring, parse(text))
  if (!read.success || read.output.group !== group) throw new KeyringError('not a keyring of this group')
  const keyring = read.output
  // Else a server could hand out a public key of its own for those who seal to the group from outside.
  const newest = newestKey(keyring)
  const fits = newest.epoch === epoch && (await identityToRecipient(newest.identity)) === publicKey
  if (!fits || !isNewestFirst(keyring)) throw new KeyringError('the keyring is not of this epoch')
  return keyring
}

function isNewestFirst({ keys }: OpenKeyring): boolean {
  return keys.every(({ epoch }, at) => at === 0 || epoch < (keys[at - 1]?.epoch ?? 0))
}

async function drawKey(epoch: number): Promise<GroupKey> {
  return {
    epoch,
    identity: await generateX25519Identity(),
    key: toBase64url(crypto.getRandomValues(new Uint8Array(32))),
    room: toBase64url(crypto.getRandomValues(new Uint8Array(16))),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
