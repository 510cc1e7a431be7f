import type { Checkup, CheckupTold } from '../protocol/doctor.ts'
import { type RouteTaken, routeOf } from './route.ts'

/** The same of either side's link. */
type Link = {
  connection: Pick<RTCPeerConnection, 'getStats'>
  send(told: CheckupTold): void
  on(type: 'checkup', hear: (told: CheckupTold) => void): void
  readonly signal: AbortSignal
}

/** What the two browsers tell each other of their networks, when a person sends it. It outlives links. */
export type Checkups = {
  /** Now, and again on each new link: what was sent over one that was just cut did not arrive. */
  tell(checkup: Checkup): void
  /** Whoever comes next is told nothing of this. */
  over(): void
  /** By which way the link goes that is up. */
  route(): Promise<RouteTaken['route']>
  part(link: Link): void
}

export function createCheckups(heard: (checkup: Checkup) => void): Checkups {
  let told: Checkup | undefined
  let known: Checkup['at'] | undefined
  let current: Link | undefined

  return {
    tell(checkup) {
      told = checkup
      current?.send({ type: 'checkup', checkup })
    },
    over() {
      told = undefined
      known = undefined
    },
    route: async () => (current ? routeOf(await current.connection.getStats()).route : 'unknown'),
    part(link) {
      current = link
      link.signal.addEventListener('abort', () => {
        if (current === link) current = undefined
      })
      link.on('checkup', ({ checkup }) => {
        if (checkup.at === known) return
        known = checkup.at
        heard(checkup)
      })
      if (told) link.send({ type: 'checkup', checkup: told })
    },
  }
}
