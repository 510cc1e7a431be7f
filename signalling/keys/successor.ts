import type { Refusal } from '../../protocol/errors.ts'
import { isAmong, type Reader, type SealedKeyring, type SealKeyringRequest } from '../../protocol/keys.ts'

type Present = Pick<SealedKeyring, 'revision' | 'epoch' | 'publicKey' | 'readers'>

/**
 * Whether a keyring may follow the present one. The server cannot look inside; what it holds to: it is sealed to exactly those
 * who are to read it now, it follows what is there, and whoever stopped being a reader cost it a fresh key. Begun `anew` it is
 * fresh whoever left.
 */
export function checkSuccessor(
  present: Present | undefined,
  next: Omit<SealKeyringRequest, 'sealed'>,
  wanted: Reader[],
): Refusal | undefined {
  if (next.after !== (present?.revision ?? 0)) return { code: 'conflict', about: 'after' }
  if (!sameReaders(next.readers, wanted)) return { code: 'conflict', about: 'readers' }
  if (!present) return next.epoch === 1 ? undefined : { code: 'conflict', about: 'epoch' }
  const fresh = next.anew === true || present.readers.some((reader) => !isAmong(reader, wanted))
  if (next.epoch !== present.epoch + (fresh ? 1 : 0)) return { code: 'conflict', about: 'epoch' }
  // One epoch has one key: a fresh one without a new epoch, or an old one behind a new epoch, is neither.
  const sameKey = next.publicKey === present.publicKey
  return sameKey === fresh ? { code: 'conflict', about: 'publicKey' } : undefined
}

/** The same people with the same keys, each once, in whatever order. */
function sameReaders(one: Reader[], other: Reader[]): boolean {
  return one.length === other.length && other.every((reader) => isAmong(reader, one))
}
