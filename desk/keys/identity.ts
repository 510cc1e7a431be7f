import { del, get, set } from 'idb-keyval'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { Identity } from '../../protocol/keys.ts'
import { lazyStore } from '../storage/lazy-store.ts'

/** The account's identity as age takes it. What this browser keeps is a key (X25519) that scripts can use and cannot read. */
export type HeldIdentity = CryptoKey | Identity

const store = lazyStore('deskside-identity', 'identity')
const inMemory = new Map<TechnicianId, CryptoKey>()

/** Keeps the identity of an opened vault, in place of the one before, until `forgetIdentity`. */
export async function keepIdentity(technician: TechnicianId, identity: Identity): Promise<void> {
  const held = await importIdentity(identity)
  inMemory.set(technician, held)
  try {
    await set(technician, held, store())
  } catch {
    // No IndexedDB (private window of some browsers): it works until the desk is closed.
  }
}

/** Undefined where nobody signed in on this browser, or the browser could not keep the key: sign in again. */
export async function readIdentity(technician: TechnicianId): Promise<HeldIdentity | undefined> {
  try {
    // What is kept first: another window may have replaced it.
    const kept = await get<unknown>(technician, store())
    if (kept instanceof CryptoKey) return kept
  } catch {
    // As above.
  }
  return inMemory.get(technician)
}

export async function forgetIdentity(technician: TechnicianId): Promise<void> {
  inMemory.delete(technician)
  try {
    await del(technician, store())
  } catch {
    // Nothing was kept.
  }
}

/** PKCS #8 of X25519, up to the 32 bytes of the key: RFC 8410. */
const PKCS8_HEAD = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20])

/** The identity as a key that cannot be exported. */
async function importIdentity(identity: Identity): Promise<CryptoKey> {
  const pkcs8 = Uint8Array.from([...PKCS8_HEAD, ...scalarOf(identity)])
  return await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits'])
}

const BECH32 = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'
const PREFIX = 'AGE-SECRET-KEY-1'
const CHECKSUM = 6

/** The 32 bytes in an identity that age made or took, so that its checksum was looked at there. */
function scalarOf(identity: Identity): Uint8Array {
  const bytes = new Uint8Array(32)
  const symbols = identity.slice(PREFIX.length, -CHECKSUM)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const symbol = BECH32.indexOf(symbols.charAt(Math.floor(bit / 5)))
    const value = (symbol >> (4 - (bit % 5))) & 1
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (value << (7 - (bit % 8)))
  }
  return bytes
}
