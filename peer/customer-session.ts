import type { Secret } from '../protocol/ids.ts'
import { type Chat, TechnicianToCustomer } from '../protocol/link.ts'
import type { AttemptsStore } from './attempts.ts'
import { pairAsCustomer } from './handshake.ts'
import { createProjector } from './projector.ts'
import { runSession, type SessionEvents, type SessionOptions } from './session.ts'
import { canShare, type ScreenShare } from './share.ts'

export type CustomerSessionOptions = SessionOptions & {
  secret: Secret
  /** Of this code; in the page's memory is enough. Limits what a hostile server can guess. */
  attempts: AttemptsStore
  /** Shown, and kept up to date, in every session that it is given to. */
  share: ScreenShare
  on: SessionEvents & {
    /** The technician asks to see the screen: answer with `share.start`, in a click, or `share.decline`. */
    screenAsk(): void
  }
}

export type CustomerSession = {
  /** @returns false where nothing was sent, because the session is not live. */
  sendChat(chat: Chat): boolean
  /** Says goodbye and releases everything but the share. */
  end(): void
}

/** Opens a session with whoever attends the ticket and has the secret, now or later. */
export function openCustomerSession(options: CustomerSessionOptions): CustomerSession {
  const { ticket, secret, relay, attempts, share, on } = options
  const session = runSession(options, on, {
    role: 'customer',
    incoming: TechnicianToCustomer,
    canShare: canShare(),
    pair: (inbox, signal) =>
      pairAsCustomer({
        ticket,
        secret,
        relay,
        inbox,
        signal,
        attempts,
        onWait: (forMs) => on.state({ kind: 'held', until: Date.now() + forMs }),
      }),
    onLive({ video }, channel, signal) {
      const project = createProjector(video.sender)
      const show = () => {
        project(share)
        channel.send({ type: 'screen', state: share.state })
      }
      share.onChange(show, signal)
      show()
    },
    onMessage(message) {
      if (message.type === 'screen-ask') on.screenAsk()
      else if (message.type === 'screen-set-mode') share.setMode(message.mode)
    },
  })
  return { sendChat: (chat) => session.send(chat), end: session.end }
}
