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
  /** Now, or as soon as there is a link. */
  tell(checkup: Checkup): void
  /** By which way the link goes that is up. */
  route(): Promise<RouteTaken['route']>
  part(link: Link): void
}

export function createCheckups(heard: (checkup: Checkup) => void): Checkups {
  let waiting: Checkup | undefined
  let current: Link | undefined

  return {
    tell(checkup) {
      if (current) current.send({ type: 'checkup', checkup })
      else waiting = checkup
    },
    route: async () => (current ? routeOf(await current.connection.getStats()).route : 'unknown'),
    part(link) {
      current = link
      link.signal.addEventListener('abort', () => {
        if (current === link) current = undefined
      })
      link.on('checkup', ({ checkup }) => heard(checkup))
      if (waiting) link.send({ type: 'checkup', checkup: waiting })
      waiting = undefined
    },
  }
}
