import type { Secret } from '../protocol/ids.ts'
import { type Chat, TechnicianToCustomer } from '../protocol/link.ts'
import type { AttemptsStore } from './attempts.ts'
import { pairAsCustomer } from './handshake.ts'
import type { CustomerLink, CustomerPart } from './live-link.ts'
import { openNegotiation } from './negotiate.ts'
import { createProjector } from './projector.ts'
import { type RestingScreens, restingScreens } from './resting-screens.ts'
import { sendFurtherScreens } from './send-further-screens.ts'
import { sendSound } from './send-sound.ts'
import { runSession, type SessionEvents, type SessionOptions } from './session.ts'
import { canShare, type ScreenShare } from './share.ts'

export type CustomerSessionOptions = SessionOptions & {
  secret: Secret
  /** Of this code; in the page's memory is enough. Limits what a hostile server can guess. */
  attempts: AttemptsStore
  /** Shown, and kept up to date, in every session that it is given to. */
  share: ScreenShare
  /** What else begins on each new link. */
  parts: readonly CustomerPart[]
  on: SessionEvents
}

export type CustomerSession = {
  /** @returns false where nothing was sent, because the session is not live. */
  sendChat(chat: Chat): boolean
  /** Says goodbye and releases everything but the share. */
  end(): void
  /** The same, and says that the help was not asked for. */
  refuse(): void
  /** Whoever is linked may not be any more. */
  letGo(): void
}

/** Opens a session with whoever attends the ticket and has the secret, now or later. */
export function openCustomerSession(options: CustomerSessionOptions): CustomerSession {
  const { ticket, secret, relay, attempts, share, parts, on } = options
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
    parts: [beginScreens],
  })
  const { end, refuse, letGo } = session
  return { sendChat: (chat) => session.send(chat), end, refuse, letGo }

  function beginScreens(link: CustomerLink) {
    const resting = restingScreens(share, link)
    showScreen(link, resting)
    const negotiation = openNegotiation(link)
    sendSound(share.sound, link, negotiation)
    sendFurtherScreens({ share, resting, link, negotiation })
    for (const begin of parts) begin(link, negotiation)
  }

  function showScreen({ video, send, on: hear, signal }: CustomerLink, resting: RestingScreens) {
    const sender = createProjector(video.sender)
    const project = () => sender(share, share.state.kind === 'shared' && resting.rests(share.state.number))
    const show = () => {
      project()
      send({ type: 'screen', state: share.state })
    }
    share.onChange(show, signal)
    share.further.onChange(project, signal)
    resting.onChange(project)
    show()
    hear('screen-set-mode', ({ mode }) => share.setMode(mode))
  }
}
