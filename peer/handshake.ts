import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Secret, TicketId } from '../protocol/ids.ts'
import { HANDSHAKE_MS, PROTOCOL_VERSION } from '../protocol/limits.ts'
import type { PairMessage } from '../protocol/pairing.ts'
import { type Attempts, type AttemptsStore, countWrong, judge } from './attempts.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { generator, lvCat, sampleScalar, scalarMultVfy } from './cpace.ts'
import type { Inbox } from './inbox.ts'
import { LinkError } from './link-error.ts'
import { relayMessage, type TicketRelay } from './relay.ts'
import { confirmation, confirms, deriveKeys, PROTOCOL_NAME, type SessionKeys } from './session-keys.ts'

/** The relay may lose a `start` while the customer's page comes up; the same one goes out again this often. */
const START_AGAIN_MS = 1000

export type PairingOptions = {
  ticket: TicketId
  secret: Secret
  relay: TicketRelay
  inbox: Inbox
  signal: AbortSignal
}

/** What a handshake gives: keys that nobody without the secret has, under the session's id (base64url). */
export type Paired = { sid: string; keys: SessionKeys }

/**
 * The technician's side, CPace's initiator. The guess of the other side is on the table with its `reply`.
 * @throws LinkError `wrong-secret`, `timeout`, `version`, `tampered`, or what the other side aborted with; the signal's reason.
 */
export async function pairAsTechnician({ ticket, secret, relay, inbox, signal }: PairingOptions): Promise<Paired> {
  const sidBytes = crypto.getRandomValues(new Uint8Array(16))
  const sid = toBase64url(sidBytes)
  const scalar = sampleScalar()
  const ya = share(scalar, secret, ticket, sidBytes)
  const start: PairMessage = { type: 'start', version: PROTOCOL_VERSION, sid, ya: toBase64url(ya) }
  const deadline = startDeadline(signal)
  const again = setInterval(() => relayMessage(relay, start), START_AGAIN_MS)
  relayMessage(relay, start)
  try {
    for (;;) {
      const message = await inbox.next(deadline.signal)
      if (message.type === 'abort') throw new LinkError(message.reason, 'the other side gave up', { told: true })
      if (message.type !== 'reply' || message.sid !== sid) continue
      const yb = fromBase64url(message.yb)
      const keys = await deriveKeys({ ticket, sid: sidBytes, ya, yb }, meet(scalar, yb))
      if (!(await confirms(keys, 'customer', fromBase64url(message.tag)))) {
        throw new LinkError('wrong-secret', 'the reply was made with another secret')
      }
      relayMessage(relay, { type: 'confirm', sid, tag: toBase64url(await confirmation(keys, 'technician')) })
      return { sid, keys }
    }
  } finally {
    clearInterval(again)
    deadline.clear()
  }
}

export type CustomerPairingOptions = PairingOptions & {
  /** Each `start` answered is a guess of whoever sent it, until its `confirm` is right. */
  attempts: AttemptsStore
  /** The technician's desk answers no attempt for so many ms. */
  onWait(forMs: number): void
}

/** One answered `start`; `before` are the attempts without it. */
type Answer = { reply: PairMessage; keys: SessionKeys; before: Attempts }

/**
 * The customer's side, CPace's responder: waits for a `start` as long as it takes, then as long as the handshake may.
 * @throws LinkError `timeout`, `version`, `tampered`, `dead-code`, or what the other side aborted with; the signal's reason.
 */
export async function pairAsCustomer(options: CustomerPairingOptions): Promise<Paired> {
  const { ticket, secret, relay, inbox, signal, attempts, onWait } = options
  let deadline: Deadline | undefined
  let answered: (Answer & { start: string; sid: string }) | undefined
  try {
    for (;;) {
      const message = await inbox.next(deadline?.signal ?? signal)
      switch (message.type) {
        case 'abort':
          throw new LinkError(message.reason, 'the other side gave up', { told: true })
        case 'wait':
          onWait(message.forMs)
          break
        case 'start': {
          if (message.version !== PROTOCOL_VERSION)
            throw new LinkError('version', 'the handshake is of another version')
          const start = JSON.stringify(message)
          if (answered?.start !== start) {
            deadline?.clear()
            deadline = startDeadline(signal)
            answered = { start, sid: message.sid, ...(await answer(message.sid, message.ya)) }
          }
          relayMessage(relay, answered.reply)
          break
        }
        case 'sealed':
          // Of a session from before this page was reloaded.
          if (message.sid !== answered?.sid) relayMessage(relay, { type: 'anew', sid: message.sid })
          break
        case 'confirm':
          if (answered?.sid !== message.sid) break
          if (!(await confirms(answered.keys, 'technician', fromBase64url(message.tag)))) {
            throw new LinkError('tampered', 'the confirmation was made with another secret')
          }
          await attempts.write(answered.before)
          return { sid: answered.sid, keys: answered.keys }
      }
    }
  } finally {
    deadline?.clear()
  }

  async function answer(sid: string, yaText: string): Promise<Answer> {
    const before = await attempts.read()
    if (judge(before, Date.now()).kind === 'dead') throw new LinkError('dead-code', 'too many unconfirmed attempts')
    await attempts.write(countWrong(before, Date.now()))
    const sidBytes = fromBase64url(sid)
    const ya = fromBase64url(yaText)
    const scalar = sampleScalar()
    const yb = share(scalar, secret, ticket, sidBytes)
    const keys = await deriveKeys({ ticket, sid: sidBytes, ya, yb }, meet(scalar, ya))
    const tag = await confirmation(keys, 'customer')
    return { before, keys, reply: { type: 'reply', sid, yb: toBase64url(yb), tag: toBase64url(tag) } }
  }
}

/** This side's public share: the secret's own base point times the scalar. */
function share(scalar: Uint8Array, secret: Secret, ticket: TicketId, sid: Uint8Array): Uint8Array {
  const channel = lvCat(utf8ToBytes(PROTOCOL_NAME), utf8ToBytes(ticket))
  return meet(scalar, generator(utf8ToBytes(secret), channel, sid))
}

function meet(scalar: Uint8Array, point: Uint8Array): Uint8Array {
  const product = scalarMultVfy(scalar, point)
  if (!product) throw new LinkError('tampered', 'a share is no valid point')
  return product
}

type Deadline = { signal: AbortSignal; clear(): void }

function startDeadline(signal: AbortSignal): Deadline {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new LinkError('timeout', 'the handshake took too long')), HANDSHAKE_MS)
  return { signal: AbortSignal.any([signal, late.signal]), clear: () => clearTimeout(timer) }
}
