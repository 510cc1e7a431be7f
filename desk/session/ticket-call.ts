import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { createCall } from '../../peer/call/call.ts'
import type { CallActions, CallNow } from '../../peer/call/call-handle.ts'
import { technicianCall } from '../../peer/call/technician-call.ts'
import type { TechnicianPart } from '../../peer/live-link.ts'
import type { CaseDocument } from '../case/case-document.ts'
import { callLine } from './call-line.ts'
import { standing, type TicketConsents } from './consents.ts'
import type { keepCall } from './kept-call.ts'

/** The call with one ticket's customer, from the technician's side. */
export type TicketCall = {
  /** What the customer's page sends without saying that it is allowed is neither seen nor heard. */
  readonly now: ReadonlySignal<CallNow>
  /** The technician is asked how to call. */
  readonly choosing: Signal<boolean>
  readonly does: CallActions
  /** Both voices, for a recording. */
  readonly voices: () => readonly MediaStreamTrack[]
  readonly part: TechnicianPart
  /** The session is over. */
  over(): void
}

type Parts = {
  consents: Pick<TicketConsents, 'now' | 'ask' | 'end'>
  /** With another ticket's customer. */
  busy(): boolean
  /** The technician did something for the customer. */
  answer(): void
  /** For the ticket's history. */
  note: CaseDocument['note']
  /** A call that was taken up, and its end: a page that goes in between leaves the line to the next one. */
  keep: ReturnType<typeof keepCall>
  signal: AbortSignal
}

export function ticketCall({ consents, busy, answer, note, keep, signal: until }: Parts): TicketCall {
  const call = createCall(busy)
  const told = signal(call.now)
  const choosing = signal(false)
  const lineOf = callLine(keep)
  call.onChange(() => {
    if (told.peek().call.kind !== 'asking' && call.now.call.kind === 'asking') askConsents(call.now.call.video)
    if (told.peek().call.kind !== 'none' && call.now.call.kind === 'none') endConsents()
    if (call.now.call.kind !== 'none') choosing.value = false
    const line = lineOf(call.now.call, Date.now())
    if (line) note(line.what, line.lastedMs)
    told.value = call.now
  }, until)
  until.addEventListener('abort', call.over, { once: true })

  const now = computed((): CallNow => {
    const { theirs, ...rest } = told.value
    const { voice, picture } = theirs
    return {
      ...rest,
      theirs: {
        ...(voice && holds('microphone') && { voice }),
        ...(picture && holds('camera') && { picture }),
      },
    }
  })

  function holds(what: 'camera' | 'microphone'): boolean {
    return standing(consents.now.value.values(), what)?.state.kind === 'granted'
  }

  /** Each by its name, after the question itself. */
  function askConsents(video: boolean) {
    queueMicrotask(() => {
      consents.ask('microphone')
      if (video) consents.ask('camera')
    })
  }

  function endConsents() {
    for (const what of ['microphone', 'camera'] as const) {
      const held = standing(consents.now.peek().values(), what)
      if (held) consents.end(held.id)
    }
  }

  return {
    now,
    choosing,
    does: {
      ...call,
      ask(wish) {
        answer()
        return call.ask(wish)
      },
      accept(wish) {
        answer()
        return call.accept(wish)
      },
    },
    voices: () => [now.peek().own.microphone, now.peek().theirs.voice].filter((track) => track !== undefined),
    part: technicianCall(call),
    over: call.over,
  }
}
