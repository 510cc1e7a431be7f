import type { SignedIn } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { Identity, Vault } from '../../protocol/keys.ts'
import { stretch } from '../keys/password.ts'
import { makeVault } from '../keys/vault.ts'
import { ServerClient } from '../server/server.ts'

/** An account that was made just now, with the keys that are in nobody's hands but this page's. */
export type NewAccount = { reply: SignedIn; recoveryCode: string; identity: Identity }

type Keys = { signInKey: string; vault: Vault; recoveryCode: string; identity: Identity }

type Request = {
  email: string
  password: string
  /** Asks the server for the account: by a setup link, or by an invitation. */
  register(keys: Pick<Keys, 'signInKey' | 'vault'>): Promise<SignedIn>
  signal: AbortSignal
}

/**
 * Makes an account, also where the server's answer was lost: a second try with the same password finds the link used up, and then
 * the account that the first one made, whose recovery code has not been shown yet. One for each form.
 * @returns a function that throws what `register` throws.
 */
export function newAccounts(origin: string, instance: string): (request: Request) => Promise<NewAccount> {
  let sent: Keys | undefined
  return async ({ email, password, register, signal }) => {
    const { signInKey, vaultKey } = await stretch(password, instance, email)
    const before = sent?.signInKey === signInKey ? sent : undefined
    const keys = before ?? { signInKey, ...(await makeVault(vaultKey)) }
    sent = keys
    const { vault, recoveryCode, identity } = keys
    try {
      return { reply: await register({ signInKey, vault }), recoveryCode, identity }
    } catch (cause) {
      const reply = before && isUsedUp(cause) ? await signInto(origin, { email, ...before }, signal) : undefined
      if (!reply) throw cause
      return { reply, recoveryCode, identity }
    }
  }
}

function isUsedUp(cause: unknown): boolean {
  return cause instanceof RefusedError && /^(setup|invitation)-over$/.test(cause.refusal.code)
}

/** The sign-in of the account that these keys made; undefined where somebody else used the link. */
async function signInto(
  origin: string,
  { email, signInKey, vault }: Pick<Keys, 'signInKey' | 'vault'> & { email: string },
  signal: AbortSignal,
): Promise<SignedIn | undefined> {
  const reply = await new ServerClient({ origin }).account.signIn({ email, signInKey }, signal).catch(() => undefined)
  return reply?.kind === 'signed-in' && reply.vault?.publicKey === vault.publicKey ? reply : undefined
}
