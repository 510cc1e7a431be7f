import { isAmong, type KeyringsReply, type Reader } from '../../protocol/keys.ts'

/** What one browser has to do about a group's keyring. */
export type KeyringPlan =
  /** This browser's key is not one that the group is to be sealed to. */
  | { kind: 'no-keys-here' }
  /** Somebody who can open the keyring has to seal it to us too. */
  | { kind: 'wait' }
  /** There is none, or nobody who is left can open it: a fresh one, in the place of revision `after`. */
  | { kind: 'begin'; epoch: number; after: number }
  /** We can open it. `seal`: it is sealed to others than it should; with `fresh` somebody stopped being a reader. */
  | { kind: 'open'; seal: 'no' | 'same-epoch' | 'fresh-epoch' }

type Entry = KeyringsReply['groups'][number]

/** @param me with the public key that this browser has the identity of */
export function planKeyring({ keyring, wanted }: Pick<Entry, 'keyring' | 'wanted'>, me: Reader): KeyringPlan {
  if (!isAmong(me, wanted)) return { kind: 'no-keys-here' }
  if (!keyring) return { kind: 'begin', epoch: 1, after: 0 }
  const { readers, epoch, revision } = keyring
  if (isAmong(me, readers)) return { kind: 'open', seal: whatToSeal(readers, wanted) }
  if (wanted.some((reader) => isAmong(reader, readers))) return { kind: 'wait' }
  return { kind: 'begin', epoch: epoch + 1, after: revision }
}

function whatToSeal(readers: Reader[], wanted: Reader[]): 'no' | 'same-epoch' | 'fresh-epoch' {
  if (readers.some((reader) => !isAmong(reader, wanted))) return 'fresh-epoch'
  return wanted.every((reader) => isAmong(reader, readers)) ? 'no' : 'same-epoch'
}
