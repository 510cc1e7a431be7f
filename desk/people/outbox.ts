import type { InstanceReply } from '../../protocol/account.ts'
import type { OutboxReply } from '../../protocol/people.ts'
import { keepAnswer, type LiveAnswer } from '../server/live-answer.ts'
import { checkServer } from '../server/server.ts'
import type { ServerPeople } from '../server/server-people.ts'
import type { Wire } from '../server/wire.ts'

/** Whether the server sends mails itself, and those that wait to be passed on by an admin. */
export type Outbox = LiveAnswer<{ mail: MailKind; mails: OutboxReply['mails'] }>

/** `outbox`: no mail server is configured. */
export type MailKind = InstanceReply['mail']

/** For admins only: others are refused. */
export function openOutbox(parts: { origin: string; server: ServerPeople; wire: Wire; signal: AbortSignal }): Outbox {
  const { origin, server, wire, signal } = parts
  const ask = async (until: AbortSignal) => {
    const [{ mails }, found] = await Promise.all([server.outbox(until), checkServer(origin, until)])
    return { mail: found.kind === 'deskside' ? found.instance.mail : 'smtp', mails }
  }
  return keepAnswer({ ask, wire, signal })
}

/** The link that a waiting mail is about: all that must reach the person, where the words don't matter. */
export function linkIn(text: string): string | undefined {
  return /https?:\/\/\S+#[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/.exec(text)?.[0]
}
