import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { TechnicianLink } from '../../peer/live-link.ts'
import { preferLowLatency } from '../../peer/quality.ts'
import { receivedLine } from '../../peer/received-line.ts'
import { FIRST_SCREEN, type FurtherScreen } from '../../protocol/screens.ts'
import type { AttendanceState } from './attendance-state.ts'

/** A screen beside the first, as it is seen here. */
export type SeenScreen = Omit<FurtherScreen, 'mid'> & { readonly stream: MediaStream }

/** Which screen is looked at, by its number. */
export type Looked = number | 'all'

/** What this ticket's customer shows beside the first screen, and what of it all is looked at. */
export type TicketScreens = {
  readonly further: ReadonlySignal<readonly SeenScreen[]>
  /** The number of the first one: it changes where another one takes its place. */
  readonly first: ReadonlySignal<number>
  readonly looked: Signal<Looked>
  /** The picture of the further screen that is looked at; undefined for the first, and for all of them. */
  track(): MediaStreamTrack | undefined
  part(link: Pick<TechnicianLink, 'connection' | 'send' | 'on' | 'signal'>): void
}

type Parts = {
  state: ReadonlySignal<AttendanceState>
  /** Without a stage that shows one of them, a recording may look at any. */
  stage: ReadonlySignal<unknown>
}

export function ticketScreens({ state, stage }: Parts): TicketScreens {
  const heard = signal<readonly SeenScreen[]>([])
  const first = computed(() => {
    const now = state.value
    return now.kind === 'live' && now.screen.kind === 'shared' ? now.screen.number : FIRST_SCREEN
  })
  const looked = signal<Looked>(FIRST_SCREEN)
  // One that has just become the first may still be among those beside it.
  const further = computed(() => heard.value.filter(({ number }) => number !== first.value))

  /** The others need few pictures meanwhile. */
  function tellLooked(send: TechnicianLink['send'], until: AbortSignal) {
    let told: number | null = null
    const stop = effect(() => {
      const now = stage.value && further.value.length > 0 ? lookedAt({ looked, first, further }) : 'all'
      const number = now === 'all' ? null : now
      if (number === told) return
      told = number
      send({ type: 'screen-looked', number })
    })
    until.addEventListener('abort', stop, { once: true })
  }

  return {
    further,
    first,
    looked,
    track() {
      const seen = further.peek().find(({ number }) => number === looked.peek())
      return seen?.stream.getVideoTracks()[0]
    },
    part({ connection, send, on, signal: until }) {
      tellLooked(send, until)
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
        heard.value = own
      })
      // Another link may be in its place already.
      until.addEventListener('abort', () => {
        if (heard.peek() === own) heard.value = []
      })
    },
  }
}

/** The screen that is really seen: what was looked at may be gone. */
export function lookedAt(screens: Pick<TicketScreens, 'looked' | 'first' | 'further'>): Looked {
  const looked = screens.looked.value
  const first = screens.first.value
  const further = screens.further.value
  if (looked === 'all') return further.length > 0 ? 'all' : first
  return further.some(({ number }) => number === looked) ? looked : first
}

/** As it is looked at: at once, whatever the line. */
function pictureOf(connection: RTCPeerConnection, mid: string): MediaStreamTrack | undefined {
  const receiver = receivedLine(connection, mid, 'video')
  if (receiver) preferLowLatency(receiver)
  return receiver?.track
}
