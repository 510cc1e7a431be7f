import type { InstanceReply } from '../../protocol/account.ts'
import { RefusedError } from '../../protocol/errors.ts'
import type { OutboxId } from '../../protocol/ids.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Letter } from './letter.ts'
import { makeOutbox, type OutboxMail } from './outbox.ts'
import { openSmtp } from './smtp.ts'

/** The way out for letters: a mail server, or an admin who copies them. */
export type Mail = {
  readonly kind: InstanceReply['mail']
  /**
   * Resolves when the mail server has taken it, or when it waits in the outbox.
   * @throws the mail server's error, or RefusedError: `no-mail` for a code that nobody could mail, `unavailable` where too many
   * wait before it.
   */
  send(letter: Letter): Promise<void>
  /** Mails that wait to be passed on by an admin, the newest first. */
  outbox(): OutboxMail[]
  /** An admin passed it on. @returns the mail, or undefined where there is none. */
  done(id: OutboxId): OutboxMail | undefined
  /** The invitation to this address is void. */
  withdrawInvitation(to: string): void
}

export function openMail({ smtp, limits }: Pick<Config, 'smtp' | 'limits'>, log: Log, signal: AbortSignal): Mail {
  const outbox = makeOutbox(limits.outboxMails)
  const rest = {
    outbox: outbox.list,
    done: outbox.take,
    withdrawInvitation: outbox.withdrawInvitation,
  }
  if (!smtp) {
    return {
      kind: 'outbox',
      async send(letter) {
        // A code that lies where every admin reads it proves nothing.
        if (letter.kind === 'code') throw new RefusedError({ code: 'no-mail' })
        outbox.put(letter, Date.now())
        log.warn(
          { mail: letter.kind },
          'no SMTP_URL is set: a mail waits in the Technicians screen for an admin to copy it',
        )
      },
      ...rest,
    }
  }
  const post = openSmtp(smtp, signal)
  let waiting = 0
  return {
    kind: 'smtp',
    async send(letter) {
      if (waiting >= limits.waitingMails) throw new RefusedError({ code: 'unavailable' })
      waiting += 1
      try {
        await post(letter)
        log.info({ mail: letter.kind }, 'a mail was sent')
      } finally {
        waiting -= 1
      }
    },
    ...rest,
  }
}
