import type { Secret } from '../protocol/ids.ts'
import { type Chat, CustomerToTechnician, type ScreenMode, type ScreenState } from '../protocol/link.ts'
import { allowance } from './allowance.ts'
import { answerOffers } from './answer-offers.ts'
import { type AttemptsStore, countWrong, judge } from './attempts.ts'
import { type Paired, pairAsTechnician } from './handshake.ts'
import type { Inbox } from './inbox.ts'
import { LinkError } from './link-error.ts'
import type { TechnicianLink, TechnicianPart } from './live-link.ts'
import { preferLowLatency, type Quality, watchQuality } from './quality.ts'
import { relayMessage } from './relay.ts'
import { runSession, type SessionEvents, type SessionOptions } from './session.ts'
import { sleep } from './sleep.ts'

export type TechnicianSessionOptions = SessionOptions & {
  secret: Secret
  /** Of this code; kept by the caller, across reloads. */
  attempts: AttemptsStore
  /** What else begins on each new link. */
  parts: readonly TechnicianPart[]
  /** The further screen that is looked at, of which `quality` tells then; undefined for the first. */
  furtherLookedAt?(): MediaStreamTrack | undefined
  on: SessionEvents & {
    /** What the customer shows now. */
    screen(state: ScreenState): void
    /** When live: the stream in which the picture will be. After a cut, only when its picture comes: the last one of the old stream stays until then. */
    stream(stream: MediaStream): void
    /** Once a second while live. */
    quality(quality: Quality): void
  }
}

/** Each call returns false where nothing was sent, because the session is not live. */
export type TechnicianSession = {
  sendChat(chat: Chat): boolean
  /** The customer's next `screen` says whether it is done. */
  setMode(mode: ScreenMode): boolean
  /** Says goodbye and releases everything. */
  end(): void
  /** Lets go: the customer stays for the colleague who has the ticket now. */
  handOver(): void
  /** The customer is known to be gone. */
  giveUp(): void
}

/** How often a customer's screen may come and go: each time is a line of the case. */
const REPORTS = { atOnce: 100, perSecond: 1 }

/** Opens a session with the customer who is on the ticket now. */
export function openTechnicianSession(options: TechnicianSessionOptions): TechnicianSession {
  const { ticket, secret, relay, attempts, parts, furtherLookedAt, on } = options
  let shown = false
  const reports = allowance(REPORTS)
  const session = runSession(options, on, {
    role: 'technician',
    incoming: CustomerToTechnician,
    canShare: false,
    async pair(inbox, signal) {
      await waitForTurn(signal)
      return await pairAndCount(inbox, signal)
    },
    parts: [seeScreen, answerOffers, ...parts],
  })
  return {
    sendChat: (chat) => session.send(chat),
    setMode: (mode) => session.send({ type: 'screen-set-mode', mode }),
    end: session.end,
    handOver: session.handOver,
    giveUp: session.giveUp,
  }

  function seeScreen({ connection, video, on: hear, refuse, signal }: TechnicianLink) {
    preferLowLatency(video.receiver)
    const { track } = video.receiver
    const show = () => on.stream(new MediaStream([track]))
    if (shown && track.muted) track.addEventListener('unmute', show, { once: true, signal })
    else show()
    shown = true
    void watchQuality(connection, () => furtherLookedAt?.() ?? track, on.quality, signal)
    hear('screen', ({ state }) => {
      if (!reports.take(1)) return refuse('a screen that comes and goes without end')
      on.screen(state)
    })
  }

  /** After a wrong secret the next attempt is not answered at once. @throws LinkError `dead-code` */
  async function waitForTurn(signal: AbortSignal) {
    const verdict = judge(await attempts.read(), Date.now())
    if (verdict.kind === 'dead') throw deadCode()
    if (verdict.kind === 'answer') return
    relayMessage(relay, { type: 'wait', forMs: verdict.ms })
    on.state({ kind: 'held', until: Date.now() + verdict.ms })
    await sleep(verdict.ms, signal)
    signal.throwIfAborted()
    on.state({ kind: 'pairing' })
  }

  /** Counts a wrong secret before anybody is told of it. */
  async function pairAndCount(inbox: Inbox, signal: AbortSignal): Promise<Paired> {
    try {
      return await pairAsTechnician({ ticket, secret, relay, inbox, signal })
    } catch (cause) {
      if (!(cause instanceof LinkError) || cause.reason !== 'wrong-secret' || cause.detail.told) throw cause
      const counted = countWrong(await attempts.read(), Date.now())
      await attempts.write(counted)
      const verdict = judge(counted, Date.now())
      if (verdict.kind === 'dead') throw deadCode()
      throw new LinkError('wrong-secret', cause.message, verdict.kind === 'wait' ? { retryAfterMs: verdict.ms } : {})
    }
  }
}

function deadCode() {
  return new LinkError('dead-code', 'too many wrong secrets')
}
