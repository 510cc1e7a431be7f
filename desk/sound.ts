import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { TechnicianLink } from '../peer/live-link.ts'
import type { Time } from '../protocol/ids.ts'

/** What is heard of a customer's computer. */
export type Heard = { since: Time; stream: MediaStream }

/** The sound of what this ticket's customer shows, and how it is played here. */
export type TicketSound = {
  /** Undefined while the customer shares none. */
  readonly heard: ReadonlySignal<Heard | undefined>
  readonly muted: Signal<boolean>
  /** From 0 to 1. */
  readonly volume: Signal<number>
  /** Mutes, or no longer. */
  toggle(): void
  part(link: Pick<TechnicianLink, 'audio' | 'on' | 'signal'>): void
}

export function ticketSound(): TicketSound {
  const heard = signal<Heard | undefined>(undefined)
  const muted = signal(false)
  return {
    heard,
    muted,
    volume: signal(1),
    toggle() {
      muted.value = !muted.peek()
    },
    part({ audio, on, signal: until }) {
      const stream = new MediaStream([audio.receiver.track])
      on('sound', ({ state }) => {
        heard.value = state.kind === 'heard' ? { since: state.since, stream } : undefined
      })
      until.addEventListener('abort', () => {
        if (heard.peek()?.stream === stream) heard.value = undefined
      })
    },
  }
}
