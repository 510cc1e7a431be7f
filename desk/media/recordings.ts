import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { randomId } from '../../peer/random-id.ts'
import type { Consent, ConsentId } from '../../protocol/consent.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { Attendance } from '../session/attendance.ts'
import { isDiskFull } from '../storage/disk.ts'
import { openEye } from './eye.ts'
import { keepFilm, type Outcome, tidyFilm } from './keep-film.ts'
import { type Media, rawName } from './media.ts'
import type { MediaItem } from './media-item.ts'
import { type Recorder, startRecorder } from './recorder.ts'
import { reasonToStop } from './recording-rules.ts'
import type { RecordingNews, RecordingState, StopReason } from './recording-state.ts'

/** The recordings of one technician's sessions. None begins before its customer has agreed. */
export type Recordings = {
  readonly states: ReadonlySignal<ReadonlyMap<TicketId, RecordingState>>
  readonly news: ReadonlySignal<readonly RecordingNews[]>
  /** Whether what is drawn is kept too, in recordings and in snapshots. */
  readonly drawings: Signal<boolean>
  /** Asks the customer, and begins when it is granted. @param noPicture what the film says while nothing is shown */
  ask(ticket: TicketId, noPicture: string): void
  /** Takes the question back. */
  withdraw(ticket: TicketId): void
  pause(ticket: TicketId): void
  resume(ticket: TicketId): void
  /** Ends it, and what the customer allowed; the film is kept. */
  stop(ticket: TicketId): void
  dismiss(news: RecordingNews): void
  /** Tries to finish it again. */
  finishAgain(news: Extract<RecordingNews, { kind: 'unfinished' }>): Promise<void>
}

/** So long without the customer ends it, in ms. */
const LOST_MS = 60_000

type Parts = {
  media: Media
  attendances: ReadonlySignal<ReadonlyMap<TicketId, Attendance>>
  signal: AbortSignal
}

export function openRecordings({ media, attendances, signal: until }: Parts): Recordings {
  const attendanceOf = (ticket: TicketId) => attendances.value.get(ticket)
  const states = signal<ReadonlyMap<TicketId, RecordingState>>(new Map())
  const news = signal<readonly RecordingNews[]>([])
  const drawings = signal(true)
  const lives = new Map<TicketId, Life>()
  void media.loaded.then(finishInterrupted)
  const stopGivingUp = effect(() => {
    const asked = states.value
    for (const [ticket, { consents }] of attendances.value) {
      if (asked.get(ticket)?.kind === 'asked') continue
      const mine = lives.get(ticket)?.consent
      for (const one of consents.now.value.values()) if (isIdle(one, mine)) consents.end(one.id)
    }
  })
  until.addEventListener('abort', stopGivingUp, { once: true })

  function set(ticket: TicketId, state: RecordingState | undefined) {
    const next = new Map(states.peek())
    if (state) next.set(ticket, state)
    else next.delete(ticket)
    states.value = next
  }

  function tell(one: NewsWithoutId) {
    const kept = news.peek().filter(({ ticket, kind }) => ticket !== one.ticket || kind === 'unfinished')
    news.value = [...kept, { id: randomId(), ...one }]
  }

  function tellOutcome(item: MediaItem, why: StopReason, outcome: Outcome) {
    const { ticket } = item
    if (outcome.kind === 'empty') tell({ kind: 'empty', ticket, why })
    else tell({ item, why, ticket, ...outcome })
  }

  /** Of those that were not stopped: the desk was closed, reloaded, or crashed. */
  async function finishInterrupted() {
    const items = [...media.items.peek().values()]
    const left = items.filter(({ state }) => state.kind === 'unfinished')
    for (const item of left) {
      if (until.aborted) return
      tellOutcome(item, 'interrupted', await keepFilm(media, item, until))
    }
    for (const film of items.filter(({ state }) => state.kind === 'film')) {
      if (until.aborted) return
      await tidyFilm(media, film).catch(() => {})
    }
  }

  function begin(ticket: TicketId, attendance: Attendance, noPicture: string, consent: ConsentId) {
    const item: MediaItem = {
      ...media.begin(ticket, 'recording'),
      type: 'video/webm',
      bytes: 0,
      width: 0,
      height: 0,
      state: { kind: 'unfinished' },
    }
    void media.index.put(item)
    const eye = openEye({ looking: attendance.looking, state: () => attendance.state.peek() })
    const recorder = startRecorder({
      name: rawName(item.id),
      bytes: media.bytes,
      see() {
        const seen = eye.look()
        const paint = drawings.peek() ? attendance.looking.annotations.peek() : undefined
        return seen ? { kind: 'picture', ...seen, paint } : { kind: 'words', words: noPicture }
      },
      hear: () => heardOf(attendance),
      onFailure: (cause) => void end(ticket, isDiskFull(cause) ? 'full' : 'broken'),
      signal: until,
    })
    const life: Life = { item, recorder, attendance, consent, stopWatching: () => {}, closeEye: eye.close }
    lives.set(ticket, life)
    set(ticket, { kind: 'running', progress: recorder.progress })
    life.stopWatching = watch(ticket, life)
  }

  /** Ends it when the customer, the session or the ticket goes. */
  function watch(ticket: TicketId, { attendance, consent }: Life): () => void {
    let lost: ReturnType<typeof setTimeout> | undefined
    const stop = effect(() => {
      const here = attendanceOf(ticket) === attendance
      const allowed = attendance.consents.now.value.get(consent)
      const verdict = reasonToStop(here, attendance.state.value, allowed)
      untracked(() => {
        if (verdict.kind === 'stop') void end(ticket, verdict.why)
        if (verdict.kind === 'wait') lost ??= setTimeout(() => void end(ticket, 'lost'), LOST_MS)
        if (verdict.kind === 'go-on') {
          clearTimeout(lost)
          lost = undefined
        }
      })
    })
    return () => {
      clearTimeout(lost)
      stop()
    }
  }

  async function end(ticket: TicketId, why: StopReason) {
    const life = lives.get(ticket)
    if (!life) return
    lives.delete(ticket)
    set(ticket, { kind: 'finishing' })
    // Not in the middle of what it watches.
    queueMicrotask(life.stopWatching)
    life.attendance.consents.end(life.consent)
    await life.recorder.stop().catch(() => {})
    life.closeEye()
    if (until.aborted) return
    const outcome = await keepFilm(media, life.item, until)
    set(ticket, undefined)
    tellOutcome(life.item, why, outcome)
  }

  return {
    states,
    news,
    drawings,
    ask(ticket, noPicture) {
      const attendance = attendanceOf(ticket)
      if (!attendance || states.peek().has(ticket)) return
      const known = new Set(attendance.consents.now.peek().keys())
      if (!attendance.consents.ask('recording')) return
      set(ticket, { kind: 'asked', since: Date.now() })
      let answered = false
      const stop = effect(() => {
        const here = attendanceOf(ticket) === attendance && attendance.state.value.kind === 'live'
        const answer = [...attendance.consents.now.value.values()].find((one) => isNew(one, known))
        untracked(() => {
          if (answered || (here && (!answer || answer.state.kind === 'asked'))) return
          // More of what the page says may come in this very turn.
          answered = true
          queueMicrotask(() => stop())
          set(ticket, undefined)
          if (answer?.state.kind === 'refused') tell({ kind: 'refused', ticket })
          if (here && answer?.state.kind === 'granted') begin(ticket, attendance, noPicture, answer.id)
        })
      })
    },
    withdraw(ticket) {
      const consents = attendanceOf(ticket)?.consents
      for (const { id, what, state } of consents?.now.peek().values() ?? []) {
        if (what === 'recording' && state.kind === 'asked') consents?.end(id)
      }
    },
    pause(ticket) {
      const life = lives.get(ticket)
      if (!life) return
      life.recorder.pause()
      set(ticket, { kind: 'paused', progress: life.recorder.progress })
    },
    resume(ticket) {
      const life = lives.get(ticket)
      if (!life) return
      life.recorder.resume()
      set(ticket, { kind: 'running', progress: life.recorder.progress })
    },
    stop: (ticket) => void end(ticket, 'stopped'),
    dismiss(one) {
      news.value = news.peek().filter(({ id }) => id !== one.id)
    },
    async finishAgain(one) {
      news.value = news.peek().filter(({ id }) => id !== one.id)
      tellOutcome(one.item, one.why, await keepFilm(media, one.item, until))
    },
  }
}

/** `Omit` keeps no unions. */
type NewsWithoutId = RecordingNews extends infer One ? (One extends RecordingNews ? Omit<One, 'id'> : never) : never

type Life = {
  item: MediaItem
  recorder: Recorder
  attendance: Attendance
  consent: ConsentId
  stopWatching: () => void
  closeEye: () => void
}

/** All that is heard in the session: what the customer's computer plays, and both voices. */
function heardOf({ sound, call }: Attendance): readonly MediaStreamTrack[] {
  return [...(sound.heard.peek()?.stream.getAudioTracks() ?? []), ...call.voices()]
}

/** What the customer allowed to a recording that does not run any more: this desk was reloaded, or it was a colleague's. */
function isIdle({ id, what, state }: Consent, mine: ConsentId | undefined): boolean {
  return what === 'recording' && state.kind === 'granted' && id !== mine
}

function isNew({ id, what }: Consent, known: ReadonlySet<ConsentId>): boolean {
  return what === 'recording' && !known.has(id)
}
