import type { SignedIn } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { Identity, RecoverableVault, Vault } from '../../protocol/keys.ts'
import { checkServer, ServerClient } from '../server/server.ts'
import { keepIdentity } from './identity.ts'
import { type Stretched, stretch } from './password.ts'
import { makeVault, openVault, openWithRecoveryCode, sealAgain, WrongKeyError } from './vault.ts'

/** How the keys of an account came into this browser. */
export type OpenedKeys =
  | { kind: 'opened' }
  /** The account had none. The code is shown once. */
  | { kind: 'made'; recoveryCode: string }
  /** The vault was sealed under another password. */
  | { kind: 'sealed' }

/** Stretches a password with the server's own salt. @throws RefusedError where the server is not reached */
export async function stretchAt(
  origin: string,
  password: string,
  email: string,
  signal: AbortSignal,
): Promise<Stretched> {
  const found = await checkServer(origin, signal)
  if (found.kind !== 'deskside')
    throw new RefusedError({ code: found.kind === 'unreachable' ? 'unavailable' : 'version' })
  return stretch(password, found.instance.instance, email)
}

/** After a sign-in: opens the vault, or makes one where there is none, and keeps the identity here. @throws RefusedError */
export async function openKeys(
  origin: string,
  { me, token, vault }: Pick<SignedIn, 'me' | 'token' | 'vault'>,
  keys: Stretched,
  signal: AbortSignal,
): Promise<OpenedKeys> {
  if (vault) return openVaultHere(me.id, vault, keys)
  return makeVaultHere(new ServerClient({ origin, token: () => token }), me.id, keys, signal)
}

/** The same without a sign-in, for a browser that lost the keys. @throws RefusedError, `wrong-credentials` for another password */
export async function openOwnVault(
  server: ServerClient,
  technician: TechnicianId,
  keys: Stretched,
  signal: AbortSignal,
): Promise<OpenedKeys> {
  const { vault } = await server.vault(signal)
  if (!vault) return makeVaultHere(server, technician, keys, signal)
  const opened = await openVaultHere(technician, vault, keys)
  if (opened.kind === 'sealed') throw new RefusedError({ code: 'wrong-credentials' })
  return opened
}

async function makeVaultHere(
  server: ServerClient,
  technician: TechnicianId,
  { signInKey, vaultKey }: Stretched,
  signal: AbortSignal,
): Promise<OpenedKeys> {
  const { vault, identity, recoveryCode } = await makeVault(vaultKey)
  await server.keepVault({ signInKey, vault }, signal)
  await keepIdentity(technician, identity)
  return { kind: 'made', recoveryCode }
}

async function openVaultHere(technician: TechnicianId, vault: Vault, { vaultKey }: Stretched): Promise<OpenedKeys> {
  try {
    await keepIdentity(technician, await openVault(vault, vaultKey))
    return { kind: 'opened' }
  } catch (cause) {
    if (cause instanceof WrongKeyError) return { kind: 'sealed' }
    throw cause
  }
}

/** A new way in by recovery code; the one before is void. @throws RefusedError, `wrong-credentials` for another password */
export async function renewRecoveryCode(server: ServerClient, keys: Stretched, signal: AbortSignal): Promise<string> {
  const { vault } = await server.vault(signal)
  // Whoever is signed in has one: each sign-in makes it where there is none.
  if (!vault) throw new RefusedError({ code: 'conflict' })
  const sealed = await sealAgain(await openOrRefuse(vault, keys.vaultKey), keys.vaultKey)
  await server.keepVault({ signInKey: keys.signInKey, vault: sealed.vault }, signal)
  return sealed.recoveryCode
}

/**
 * The same identity under another password; the recovery code stays as it is.
 * @throws RefusedError, `wrong-credentials` where the present password is another
 */
export async function changePassword(
  server: ServerClient,
  present: Stretched,
  next: Stretched,
  signal: AbortSignal,
): Promise<void> {
  const { vault } = await server.vault(signal)
  if (!vault) throw new RefusedError({ code: 'conflict' })
  const sealed = await sealAgain(await openOrRefuse(vault, present.vaultKey), next.vaultKey)
  const kept = { ...sealed.vault, byRecoveryCode: vault.byRecoveryCode }
  const keys = { signInKey: present.signInKey, newSignInKey: next.signInKey }
  await server.account.changePassword({ ...keys, vault: kept }, signal)
}

/**
 * A vault for a password that was forgotten: the same keys with the recovery code, which goes on being valid, or new ones.
 * @returns `recoveryCode` only where the keys are new
 * @throws WrongKeyError where the code does not open the vault
 */
export async function resealAfterReset(
  vault: RecoverableVault | null,
  recoveryCode: string,
  vaultKey: Uint8Array,
): Promise<{ vault: Vault; recoveryCode: string | undefined }> {
  if (!vault || !recoveryCode) {
    const made = await makeVault(vaultKey)
    return { vault: made.vault, recoveryCode: made.recoveryCode }
  }
  const sealed = await sealAgain(await openWithRecoveryCode(vault, recoveryCode), vaultKey)
  return { vault: { ...sealed.vault, byRecoveryCode: vault.byRecoveryCode }, recoveryCode: undefined }
}

/** A password that does not open one's own vault is the wrong one, and is said to be so. */
async function openOrRefuse(vault: Vault, vaultKey: Uint8Array): Promise<Identity> {
  try {
    return await openVault(vault, vaultKey)
  } catch (cause) {
    if (cause instanceof WrongKeyError) throw new RefusedError({ code: 'wrong-credentials' })
    throw cause
  }
}
