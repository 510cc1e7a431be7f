import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { TechnicianLink } from '../../peer/live-link.ts'
import { receivedLine } from '../../peer/received-line.ts'
import type { Time } from '../../protocol/ids.ts'

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
  part(link: Pick<TechnicianLink, 'connection' | 'on' | 'signal'>): void
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
    part({ connection, on, signal: until }) {
      let own: Heard | undefined
      on('sound', ({ state }) => {
        const track = state.kind === 'heard' ? receivedLine(connection, state.mid, 'audio')?.track : undefined
        own = state.kind === 'heard' && track ? { since: state.since, stream: new MediaStream([track]) } : undefined
        heard.value = own
      })
      // Another link may be in its place already.
      until.addEventListener('abort', () => {
        if (heard.peek() === own) heard.value = undefined
      })
    },
  }
}
