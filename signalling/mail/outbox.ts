import type { OutboxId, Time } from '../../protocol/ids.ts'
import type { OutboxReply } from '../../protocol/people.ts'
import { drawOutboxId } from '../tokens.ts'
import { compose, type Letter } from './letter.ts'
import { toPlainText } from './plain-text.ts'

export type OutboxMail = OutboxReply['mails'][number]

/**
 * Mails that no mail server takes, until an admin passed them on. In memory only: with the links in them anybody could become a
 * technician, so they rest nowhere.
 */
export type Outbox = {
  put(letter: Letter, now: Time): void
  /** The newest first. */
  list(): OutboxMail[]
  /** @returns the mail, which is not here any more; undefined where there is none. */
  take(id: OutboxId): OutboxMail | undefined
  /** Drops the invitations to this address: their links are void. */
  withdrawInvitation(to: string): void
}

/** @param size the oldest make way for more. */
export function makeOutbox(size: number): Outbox {
  const kept = new Map<OutboxId, { mail: OutboxMail; kind: Letter['kind'] }>()
  return {
    put(letter, now) {
      const { subject, parts } = compose(letter)
      const mail = { id: drawOutboxId(), to: letter.to, subject, text: toPlainText(parts), createdAt: now }
      kept.set(mail.id, { mail, kind: letter.kind })
      const [oldest] = kept.keys()
      if (kept.size > size && oldest !== undefined) kept.delete(oldest)
    },
    list: () => [...kept.values()].map(({ mail }) => mail).reverse(),
    take(id) {
      const found = kept.get(id)
      kept.delete(id)
      return found?.mail
    },
    withdrawInvitation(to) {
      for (const [id, { mail, kind }] of kept) if (kind === 'invitation' && mail.to === to) kept.delete(id)
    },
  }
}
