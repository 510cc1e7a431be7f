import { utf8ToBytes } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import type { Role } from '../protocol/ids.ts'
import { MAX_RELAY_DATA } from '../protocol/limits.ts'
import { type PairSealed, Signal } from '../protocol/pairing.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { LinkError } from './link-error.ts'
import { otherRole, PROTOCOL_NAME, type SessionKeys } from './session-keys.ts'

const LAST_COUNTER = 0xffff_ffff

/**
 * Seals one session's signals and opens the other side's. Both calls of a kind must be awaited in turn. It lasts as long as the
 * keys: the counters go on over all dials.
 */
export type Seal = {
  /** @param dial which link of the session it is about. */
  seal(signal: Signal, dial: number): Promise<PairSealed>
  /** @throws LinkError `tampered` for anything but an envelope of the other side, of this very session, newer than the last. */
  open(message: PairSealed): Promise<Signal>
}

/** @param sid base64url, as it stands in the messages. */
export function createSeal(keys: SessionKeys, sid: string, role: Role): Seal {
  let next = 0
  let lastOpened = -1
  return {
    async seal(signal, dial) {
      const n = next++
      if (n > LAST_COUNTER) throw new LinkError('tampered', 'the envelope counter is used up')
      const plain = utf8ToBytes(JSON.stringify(signal))
      const box = toBase64url(
        new Uint8Array(await crypto.subtle.encrypt(aead(sid, role, n, dial), keys.seal[role], plain)),
      )
      if (box.length > MAX_RELAY_DATA) throw new RangeError('a signal is larger than the relay takes')
      return { type: 'sealed', sid, n, dial, box }
    },

    async open(message) {
      if (message.sid !== sid) throw new LinkError('tampered', 'an envelope of another session')
      if (message.n <= lastOpened) throw new LinkError('tampered', 'an envelope came twice or late')
      const signal = await decrypt(message, otherRole(role)).catch((cause: unknown) => cause)
      if (!v.is(Signal, signal)) throw new LinkError('tampered', 'an envelope does not open')
      lastOpened = message.n
      return signal
    },
  }

  async function decrypt({ n, dial, box }: PairSealed, writer: Role): Promise<unknown> {
    const plain = await crypto.subtle.decrypt(aead(sid, writer, n, dial), keys.seal[writer], fromBase64url(box))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  }
}

/** Each direction has its own key, so its counter is its nonce. */
function aead(sid: string, writer: Role, n: number, dial: number) {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(8, n)
  return { name: 'AES-GCM', iv, additionalData: utf8ToBytes(JSON.stringify([PROTOCOL_NAME, sid, writer, n, dial])) }
}
