import { toBase64url } from '../../peer/base64url.ts'

/** What OWASP asks of PBKDF2 with SHA-256. Part of every account: a change makes all of them unable to sign in. */
const ROUNDS = 600_000

/** Fewer characters are refused where a password is chosen. Length is the only rule. */
export const MIN_PASSWORD = 12

/** A password's two halves: one signs in, the other opens the vault and never leaves this browser. */
export type Stretched = {
  /** 32 bytes, base64url, 43 characters. */
  signInKey: string
  /** 32 bytes. */
  vaultKey: Uint8Array
}

/**
 * Stretches a password in this browser, so that the server never sees it.
 *
 * PBKDF2-SHA-256, 600 000 rounds, 64 bytes; salt = SHA-256("deskside password 1" | instance | e-mail in lower case).
 * The first 32 bytes sign in; the last 32 stay here and open the vault, the account's own keys.
 * @param instance of the server, from `GET /api/instance`
 */
export async function stretch(password: string, instance: string, email: string): Promise<Stretched> {
  const text = new TextEncoder()
  const name = email.trim().toLowerCase()
  const salt = await crypto.subtle.digest('SHA-256', text.encode(`deskside password 1|${instance}|${name}`))
  const key = await crypto.subtle.importKey('raw', text.encode(password.normalize('NFC')), 'PBKDF2', false, [
    'deriveBits',
  ])
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, key, 512)
  return { signInKey: toBase64url(new Uint8Array(bits, 0, 32)), vaultKey: new Uint8Array(bits, 32) }
}
