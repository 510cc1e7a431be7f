import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { TechnicianLink } from '../../peer/live-link.ts'
import { preferLowLatency } from '../../peer/quality.ts'
import { receivedLine } from '../../peer/received-line.ts'
import { FIRST_SCREEN, type FurtherScreen } from '../../protocol/screens.ts'

/** A screen beside the first, as it is seen here. */
export type SeenScreen = Omit<FurtherScreen, 'mid'> & { readonly stream: MediaStream }

/** Which screen is looked at, by its number. */
export type Looked = number | 'all'

/** What this ticket's customer shows beside the first screen, and what of it all is looked at. */
export type TicketScreens = {
  readonly further: ReadonlySignal<readonly SeenScreen[]>
  readonly looked: Signal<Looked>
  /** The picture of the further screen that is looked at; undefined for the first, and for all of them. */
  track(): MediaStreamTrack | undefined
  part(link: Pick<TechnicianLink, 'connection' | 'on' | 'signal'>): void
}

export function ticketScreens(): TicketScreens {
  const further = signal<readonly SeenScreen[]>([])
  const looked = signal<Looked>(FIRST_SCREEN)
  return {
    further,
    looked,
    track() {
      const seen = further.peek().find(({ number }) => number === looked.peek())
      return seen?.stream.getVideoTracks()[0]
    },
    part({ connection, on, signal: until }) {
      let own: readonly SeenScreen[] = []
      on('screens', ({ screens }) => {
        const streams = new Map(own.map(({ id, stream }) => [id, stream]))
        own = screens.flatMap(({ mid, ...screen }, at) => {
          const track = pictureOf(connection, mid)
          // A page may say anything: a screen without a picture is none, and no number is two screens'.
          if (!track || screens.findIndex(({ number }) => number === screen.number) !== at) return []
          const before = streams.get(screen.id)
          return [{ ...screen, stream: before?.getTracks()[0] === track ? before : new MediaStream([track]) }]
        })
        further.value = own
      })
      // Another link may be in its place already.
      until.addEventListener('abort', () => {
        if (further.peek() === own) further.value = []
      })
    },
  }
}

/** The screen that is really seen: what was looked at may be gone. */
export function lookedAt(looked: Looked, further: readonly Pick<SeenScreen, 'number'>[]): Looked {
  if (looked === 'all') return further.length > 0 ? 'all' : FIRST_SCREEN
  return further.some(({ number }) => number === looked) ? looked : FIRST_SCREEN
}

/** As it is looked at: at once, whatever the line. */
function pictureOf(connection: RTCPeerConnection, mid: string): MediaStreamTrack | undefined {
  const receiver = receivedLine(connection, mid, 'video')
  if (receiver) preferLowLatency(receiver)
  return receiver?.track
}
