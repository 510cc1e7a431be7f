import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import * as v from 'valibot'
import { fromBase64url, toBase64url } from '../../peer/base64url.ts'
import { Identity, PublicKey, type RecoverableVault, type Vault } from '../../protocol/keys.ts'
import { drawRecoveryCode, readRecoveryCode } from './recovery-code.ts'

/**
 * log2 of scrypt's N. For the password as much memory as the server spends on the other half (32 MiB), or a leaked vault would
 * be the cheaper place to try passwords at. A recovery code is random: nobody tries those, so age's least will do.
 */
const PASSWORD_WORK = 15
const RECOVERY_CODE_WORK = 1

/** The vault does not open with this key, or what is in it is not the account's identity. */
export class WrongKeyError extends Error {
  override readonly name = 'WrongKeyError'
}

/** A vault and the code to be printed, which is in nobody's hands but the caller's. */
export type SealedVault = { vault: Vault; recoveryCode: string }

/** Draws the identity of an account and seals it. @param vaultKey 32 bytes, of `stretch` */
export async function makeVault(vaultKey: Uint8Array): Promise<SealedVault & { identity: Identity }> {
  const identity = v.parse(Identity, await generateX25519Identity())
  return { ...(await sealAgain(identity, vaultKey)), identity }
}

/** Seals the same identity for another password. The recovery code is a new one: the one before opens nothing any more. */
export async function sealAgain(identity: Identity, vaultKey: Uint8Array): Promise<SealedVault> {
  const recoveryCode = drawRecoveryCode()
  const vault: Vault = {
    publicKey: v.parse(PublicKey, await identityToRecipient(identity)),
    byPassword: await seal(identity, toBase64url(vaultKey), PASSWORD_WORK),
    byRecoveryCode: await seal(identity, recoveryCode, RECOVERY_CODE_WORK),
  }
  return { vault, recoveryCode }
}

/** @throws WrongKeyError */
export async function openVault(vault: Vault, vaultKey: Uint8Array): Promise<Identity> {
  return await open(vault.publicKey, vault.byPassword, toBase64url(vaultKey))
}

/** @param typed the recovery code, as somebody typed it. @throws WrongKeyError */
export async function openWithRecoveryCode(vault: RecoverableVault, typed: string): Promise<Identity> {
  const code = readRecoveryCode(typed)
  if (code === undefined) throw new WrongKeyError('not a recovery code')
  return await open(vault.publicKey, vault.byRecoveryCode, code)
}

async function seal(identity: Identity, passphrase: string, work: number): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(work)
  return toBase64url(await encrypter.encrypt(identity))
}

async function open(publicKey: PublicKey, sealed: string, passphrase: string): Promise<Identity> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const opened = await decrypter.decrypt(fromBase64url(sealed), 'text').catch((cause: unknown) => {
    throw new WrongKeyError('the vault does not open', { cause })
  })
  const identity = v.safeParse(Identity, opened)
  if (!identity.success || (await identityToRecipient(identity.output)) !== publicKey) {
    throw new WrongKeyError('the vault holds another identity')
  }
  return identity.output
}
