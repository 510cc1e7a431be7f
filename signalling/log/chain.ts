import { hash } from 'node:crypto'
import type { LogSeq } from '../../protocol/log.ts'

/**
 * The chain of the activity log. A row's hash covers the hash before it, its number and the hash of what it says: so what it says can be
 * emptied when its time is over, and the chain still holds. Hashes are SHA-256 in hex.
 */

/** The link of a row to the one before it, without what it says. */
export type Link = { seq: LogSeq; previous: string; payloadHash: string; hash: string }

/** Where the chain stands: the newest row, or `BEGINNING`. */
export type Head = { seq: LogSeq; hash: string }

export const BEGINNING: Head = { seq: 0, hash: '0'.repeat(64) }

/** The row behind `head` that says `payload`. */
export function linkTo(head: Head, payload: string): Link {
  const seq = head.seq + 1
  const payloadHash = digest(payload)
  return { seq, previous: head.hash, payloadHash, hash: hashOf(head.hash, seq, payloadHash) }
}

/** What is wrong with a row that should follow `head`; undefined: nothing. `payload` is null where it was emptied. */
export function faultOf(head: Head, link: Link, payload: string | null): Fault | undefined {
  if (link.seq !== head.seq + 1) return 'missing'
  if (payload !== null && digest(payload) !== link.payloadHash) return 'altered'
  if (link.previous !== head.hash) return 'unlinked'
  return link.hash === hashOf(link.previous, link.seq, link.payloadHash) ? undefined : 'altered'
}

/** `missing`: one or more rows before it are gone. `unlinked`: another row stood before it when it was written. */
export type Fault = 'missing' | 'altered' | 'unlinked'

function hashOf(previous: string, seq: LogSeq, payloadHash: string): string {
  return digest(`deskside-log 1\n${previous}\n${seq}\n${payloadHash}`)
}

function digest(text: string): string {
  return hash('sha256', text, 'hex')
}
