import { type ReadonlySignal, signal } from '@preact/signals'
import { type Attempts, judge, NO_ATTEMPTS } from '../../peer/attempts.ts'
import type { OverReason } from '../../peer/link-error.ts'
import type { Quality } from '../../peer/quality.ts'
import { ticketRelay } from '../../peer/relay.ts'
import type { SessionState } from '../../peer/session-state.ts'
import { openTechnicianSession, type TechnicianSession } from '../../peer/technician-session.ts'
import type { Time } from '../../protocol/ids.ts'
import type { Chat, ScreenMode, ScreenState } from '../../protocol/link.ts'
import { type Presence, samePresence } from '../../protocol/ticket.ts'
import { afterSession, NOT_TRIED, retryMs, tryAgain } from './after-session.ts'
import { openAnswering } from './answering.ts'
import type { AttendanceParts } from './attendance-parts.ts'
import type { AttendanceState, LinkLine, ScreenView } from './attendance-state.ts'
import { followCuts } from './cuts.ts'
import { openDelivering } from './delivering.ts'
import { type Features, startFeatures } from './features.ts'
import { followScreenQuestion } from './screen-question.ts'

export type Attendance = Features & {
  readonly state: ReadonlySignal<AttendanceState>
  readonly quality: ReadonlySignal<Quality | undefined>
  readonly attempts: ReadonlySignal<Attempts>
  /** Messages that came since `read`, and those that were left. */
  readonly unread: ReadonlySignal<number>
  /** Where the server says that the customer is. */
  follow(presence: Presence): void
  read(): void
  /** What the customer left before anyone was there. */
  hearLeft(messages: readonly Chat[]): void
  send(text: string): void
  askForScreen(): void
  /** The technician has turned to this customer, as by opening the session. */
  answer(): void
  setMode(mode: ScreenMode): void
  end(): void
  /** The ticket is somebody else's now, or nobody's: its customer stays. */
  handOver(): void
  /** Begins again after what does not begin again by itself. */
  again(): void
  /** Takes the customer from the technician's other browser. */
  takeOver(): void
}

/** Attends a ticket's customer whenever there is one, and keeps at it through cuts. */
export function attend(parts: AttendanceParts): Attendance {
  const { ticket, secret, wire, document, iceServers, onDead, signal: until } = parts
  const state = signal<AttendanceState>({ kind: 'none' })
  const quality = signal<Quality | undefined>(undefined)
  const attempts = signal<Attempts>(NO_ATTEMPTS)
  const unread = signal(0)
  const store = parts.attempts((changed) => {
    attempts.value = changed
  })
  const relay = ticketRelay(wire, ticket)
  const answering = openAnswering(() => wire.send({ type: 'answered', ticket }))
  const features = startFeatures(parts, { state, answer: answering.act, unread })
  followScreenQuestion(features.kept.consents.now, state, until)
  const delivering = openDelivering({ document, send: (chat) => current?.session?.sendChat(chat) })
  const cuts = followCuts({
    tell: (live) => wire.send({ type: 'link-state', ticket, live }),
    note: () => document().note('reconnected'),
  })

  let presence: Presence = { kind: 'offline' }
  let current: { session: TechnicianSession | undefined; life: AbortController } | undefined
  /** This desk has the seat at the server, or had it before the socket broke. */
  let attending = false
  /** When the page came on which the customer is or was. */
  let arrival: Time | undefined
  /** Since when the session goes on that is live, or comes back after a cut. */
  let began: Time | undefined
  let again: 'by-itself' | 'on-arrival' | 'by-hand' = 'by-itself'
  let tried = NOT_TRIED
  let retry: ReturnType<typeof setTimeout> | undefined

  void Promise.resolve(store.read()).catch(() => {})
  until.addEventListener('abort', () => release(), { once: true })
  wire.onMessage((message) => {
    if (message.type === 'attended-elsewhere' && message.ticket === ticket) giveUpSeat()
    if (message.type !== 'refused' || message.refusal.ticket !== ticket) return
    if (message.refusal.code === 'attended-elsewhere' && state.peek().kind === 'pairing') giveUpSeat()
  }, until)
  const stopWatching = wire.connection.subscribe(({ kind }) => {
    if (kind !== 'open') return
    if (attending) wire.send({ type: 'attend', ticket, take: true })
    if (linked()) cuts.up(undefined)
    else beginIfWaiting()
  })
  until.addEventListener('abort', stopWatching, { once: true })

  function linked(): boolean {
    const now = state.peek()
    return now.kind === 'live' && now.line.kind === 'up'
  }

  function beginIfWaiting() {
    if (until.aborted || current || presence.kind !== 'waiting') return
    if (state.peek().kind === 'elsewhere' || again !== 'by-itself') return
    begin(attending || parts.takeSeat)
  }

  function begin(take: boolean) {
    clearTimeout(retry)
    if (judge(attempts.peek(), Date.now()).kind === 'dead') return onDead()
    const life = new AbortController()
    const mine: NonNullable<typeof current> = { session: undefined, life }
    current = mine
    attending = true
    state.value = { kind: 'pairing' }
    wire.send({ type: 'attend', ticket, take })
    // On their way while the customer proves the code.
    void iceServers()
    mine.session = openTechnicianSession({
      ticket,
      secret,
      relay,
      ice: iceServers,
      attempts: store,
      parts: features.parts,
      furtherLookedAt: features.kept.screens.track,
      signal: life.signal,
      on: {
        state: (next) => {
          if (current === mine) hear(next)
        },
        chat: (message) => {
          if (document().receive(message)) unread.value += 1
        },
        chatReceived: (id) => document().delivered(id),
        screen: hearScreen,
        stream: (stream) => changeLive({ stream }),
        quality: (latest) => {
          quality.value = latest
        },
      },
    })
  }

  function hear(next: SessionState) {
    if (next.kind === 'over') return finish(next.why, next.retryAfterMs)
    if (next.kind === 'reconnecting') {
      quality.value = undefined
      cuts.cut()
      return changeLive({ line: next })
    }
    if (next.kind !== 'live') {
      state.value = next
      return
    }
    tried = NOT_TRIED
    began ??= next.since
    wentLive(next)
    const mine = current
    delivering.begin(() => current === mine)
  }

  function wentLive({ since, canShare }: Extract<SessionState, { kind: 'live' }>) {
    const before = state.peek()
    const line: LinkLine = { kind: 'up' }
    if (before.kind === 'live') {
      changeLive({ line, canShare })
      return cuts.up(before.line.kind === 'reconnecting' ? before.line.since : undefined)
    }
    const screen: ScreenView = { kind: 'not-shared', why: 'not-yet' }
    state.value = { kind: 'live', since, line, canShare, screen, stream: undefined }
    cuts.up(undefined)
    document().note('connected')
  }

  function finish(why: OverReason, retryAfterMs: number | undefined) {
    const before = state.peek()
    const wasLive = before.kind === 'live'
    const cutAt = before.kind === 'live' && before.line.kind === 'reconnecting' ? before.line.since : undefined
    const after = afterSession(why, tried)
    release('end', after.goesOn ? 'lost' : undefined)
    again = after.again
    state.value = { kind: 'over', why, at: cutAt ?? Date.now(), ...(began !== undefined && { began }) }
    if (!after.goesOn) began = undefined
    if (after.turnAway) {
      const held = retryAfterMs === undefined ? {} : { retryAfterMs }
      wire.send({ type: 'turn-away', ticket, reason: after.turnAway, ...held })
    }
    if (wasLive) {
      wire.send({ type: 'link-state', ticket, live: false })
      if (after.note) document().note(after.note)
    }
    if (why === 'dead-code') onDead()
    if (again === 'by-itself') {
      retry = setTimeout(beginIfWaiting, retryMs(tried))
      tried = tryAgain(tried, why)
    }
  }

  /** Lets go of the session without a word to the interface; its customer stays unless it is `end`. */
  function release(goodbye: 'end' | 'handOver' | 'giveUp' = 'end', ended?: 'lost') {
    clearTimeout(retry)
    cuts.stop()
    features.over(goodbye === 'handOver' ? 'hand-over' : ended)
    const { life, session } = current ?? {}
    current = undefined
    quality.value = undefined
    session?.[goodbye]()
    life?.abort()
  }

  function giveUpSeat() {
    attending = false
    // The same technician goes on in another browser: for the customer the link is only cut, and what was allowed still is.
    release('giveUp')
    state.value = { kind: 'elsewhere' }
  }

  function changeLive(change: Partial<Omit<Extract<AttendanceState, { kind: 'live' }>, 'kind'>>) {
    const before = state.peek()
    if (before.kind === 'live') state.value = { ...before, ...change }
  }

  function hearScreen(screen: ScreenState) {
    const before = state.peek()
    if (before.kind !== 'live') return
    if (screen.kind === 'shared' && before.screen.kind !== 'shared') document().note('screen-shared')
    if (screen.kind === 'not-shared' && before.screen.kind === 'shared') document().note('screen-stopped')
    // The customer's first report may cross the technician's ask.
    if (screen.kind === 'not-shared' && screen.why === 'not-yet' && before.screen.kind === 'asked') return
    changeLive({ screen })
  }

  return {
    state,
    quality,
    attempts,
    unread,
    ...features.kept,
    follow(next) {
      if (samePresence(presence, next)) return
      presence = next
      answering.follow(next, state.peek().kind === 'live')
      if (next.kind === 'waiting' && next.cameAt !== arrival) {
        const { cameAt } = next
        arrival = cameAt
        // Another desk may have noted it: the one that was there.
        document()
          .read(until)
          .then(
            () => document().came(cameAt),
            () => {},
          )
        if (again === 'on-arrival') again = 'by-itself'
        tried = NOT_TRIED
      }
      // A server that was restarted does not know of the link, or was told before the customer's socket was back.
      if (next.kind === 'waiting' && linked()) cuts.up(undefined)
      if (next.kind !== 'offline') return beginIfWaiting()
      if (state.peek().kind === 'live' && !linked()) current?.session?.giveUp()
      if (arrival !== undefined) document().note('customer-left')
      arrival = undefined
      // The server may know it before the link says goodbye.
      if (state.peek().kind === 'live') return
      began = undefined
      if (!current) return
      release()
      state.value = { kind: 'none' }
    },
    read() {
      unread.value = 0
    },
    hearLeft(messages) {
      for (const message of messages) if (document().receive(message, 'left')) unread.value += 1
    },
    send(text) {
      answering.act()
      delivering.deliver(document().write(text))
    },
    answer: answering.act,
    askForScreen() {
      answering.act()
      if (features.kept.consents.ask('screen')) changeLive({ screen: { kind: 'asked', since: Date.now() } })
    },
    setMode(mode) {
      const before = state.peek()
      if (before.kind !== 'live' || before.screen.kind !== 'shared') return
      if (current?.session?.setMode(mode)) changeLive({ screen: { ...before.screen, wanted: mode } })
    },
    end: () => current?.session?.end(),
    handOver: () => release('handOver'),
    again() {
      again = 'by-itself'
      tried = NOT_TRIED
      beginIfWaiting()
    },
    takeOver() {
      state.value = { kind: 'none' }
      again = 'by-itself'
      attending = true
      if (presence.kind === 'offline') wire.send({ type: 'attend', ticket, take: true })
      else begin(true)
    },
  }
}
