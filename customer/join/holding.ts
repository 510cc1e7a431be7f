import { toBase64url } from '../../peer/base64url.ts'
import type { HeldMessage } from '../../protocol/held.ts'
import type { PublicKey } from '../../protocol/keys.ts'
import type { Chat } from '../../protocol/link.ts'
import type { ServerToCustomer } from '../../protocol/socket.ts'
import { retried } from '../retried.ts'
import type { Conversation } from './conversation.ts'

type Parts = {
  conversation: Pick<Conversation, 'held' | 'notHeld'>
  /** @returns false where no socket is open. */
  send(message: HeldMessage): boolean
}

export type Holding = {
  /** What the group reads with, as it was told last; null: the group has no keys yet. */
  key(): PublicKey | null
  /** What the server says of it, or nothing that concerns it. */
  hear(message: ServerToCustomer): void
  /** Gives the server what nobody has yet. */
  offer(): void
  /** A new socket: what was on its way may be lost. */
  begin(): void
}

/** Leaves what the customer writes with the server while there is no link, sealed so that only the group can read it. */
export function startHolding({ conversation, send }: Parts): Holding {
  let key: PublicKey | null = null
  const onTheWay = new Map<string, PublicKey>()
  /** The server keeps no more of this ticket: the rest waits here. */
  let full = false
  let sealing = Promise.resolve()

  function offer() {
    if (!key || full) return
    for (const chat of conversation.notHeld(key)) {
      if (onTheWay.get(chat.id) === key) continue
      onTheWay.set(chat.id, key)
      const wanted = key
      // In their order, whichever is sealed first.
      sealing = sealing.then(() => leave(chat, wanted)).catch(() => void onTheWay.delete(chat.id))
    }
  }

  async function leave(chat: Chat, to: PublicKey) {
    const { sealToGroup } = await retried(() => import('../../peer/seal-to-group.ts'))
    const box = await sealToGroup(to, new TextEncoder().encode(JSON.stringify(chat)))
    const id = chat.id as HeldMessage['id']
    if (to !== key || !send({ id, box: toBase64url(box) })) onTheWay.delete(chat.id)
  }

  return {
    key: () => key,
    offer,
    begin() {
      onTheWay.clear()
      full = false
    },
    hear(message) {
      if (message.type === 'group-key') {
        key = message.groupKey
      } else if (message.type === 'held') {
        const sealed = onTheWay.get(message.id)
        onTheWay.delete(message.id)
        if (sealed) conversation.held(message.id, sealed)
      } else if (message.type === 'refused' && message.refusal.about === 'hold') {
        full = true
      }
    },
  }
}
