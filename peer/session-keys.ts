import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Role, TicketId } from '../protocol/ids.ts'
import { PROTOCOL_VERSION } from '../protocol/limits.ts'
import { lvCat, sessionKey } from './cpace.ts'

export function otherRole(role: Role): Role {
  return role === 'technician' ? 'customer' : 'technician'
}

/** Bound into every key and envelope, so that nothing of one version or product is valid in another. */
export const PROTOCOL_NAME = `deskside link v${PROTOCOL_VERSION}`

/** CPace's associated data: which end a share came from. */
const AD = { technician: utf8ToBytes('technician'), customer: utf8ToBytes('customer') }

/** What both sides saw of the handshake. */
export type Transcript = { ticket: TicketId; sid: Uint8Array; ya: Uint8Array; yb: Uint8Array }

/** All keys of one session, each for one use and one direction (named by who writes with it). */
export type SessionKeys = {
  transcript: Uint8Array<ArrayBuffer>
  confirm: Record<Role, CryptoKey>
  seal: Record<Role, CryptoKey>
  /** Four numbers below 256, for people to compare: they tell nothing of the keys. */
  words: readonly number[]
}

const WORDS = 4

/**
 * HKDF-SHA-256 over CPace's session key. The salt is the hash of the whole transcript.
 * @param k the shared point of both sides' `scalarMultVfy`, 32 bytes.
 */
export async function deriveKeys(seen: Transcript, k: Uint8Array): Promise<SessionKeys> {
  const a = { y: seen.ya, ad: AD.technician }
  const b = { y: seen.yb, ad: AD.customer }
  const { subtle } = crypto
  const isk = await subtle.importKey('raw', sessionKey(seen.sid, k, a, b), 'HKDF', false, ['deriveKey', 'deriveBits'])
  const transcript = lvCat(utf8ToBytes(PROTOCOL_NAME), utf8ToBytes(seen.ticket), seen.sid, a.y, a.ad, b.y, b.ad)
  const salt = await subtle.digest('SHA-256', transcript)
  const expand = (use: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt,
    info: utf8ToBytes(`${PROTOCOL_NAME}: ${use}`),
  })
  const mac = (writer: Role) =>
    subtle.deriveKey(expand(`${writer} confirms`), isk, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
      'sign',
      'verify',
    ])
  const aead = (writer: Role) =>
    subtle.deriveKey(expand(`${writer} seals`), isk, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return {
    transcript,
    confirm: { technician: await mac('technician'), customer: await mac('customer') },
    seal: { technician: await aead('technician'), customer: await aead('customer') },
    words: [...new Uint8Array(await subtle.deriveBits(expand('words to compare'), isk, WORDS * 8))],
  }
}

/** The 32-byte tag by which `writer` shows that it has the keys. */
export async function confirmation(keys: SessionKeys, writer: Role): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', keys.confirm[writer], keys.transcript))
}

/** Whether `tag` is the one that `writer` must have sent; takes the same time for each wrong one. */
export function confirms(keys: SessionKeys, writer: Role, tag: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return crypto.subtle.verify('HMAC', keys.confirm[writer], tag, keys.transcript)
}
