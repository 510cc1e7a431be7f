import { type ReadonlySignal, signal } from '@preact/signals'
import { type Checkups, createCheckups } from '../../peer/checkups.ts'
import type { DoctorOptions } from '../../peer/doctor.ts'
import type { Checkup } from '../../protocol/doctor.ts'
import type { Seat } from './seat.ts'

/** What the two browsers find of their networks. `theirs`: the technician's, once it was sent. */
export type Doctor = {
  theirs: ReadonlySignal<Checkup | undefined>
  tell: Checkups['tell']
  options(): Promise<Pick<DoctorOptions, 'ice' | 'route' | 'socketUrl'>>
  part: Checkups['part']
}

export function startDoctor(seat: () => Pick<Seat, 'ice' | 'socketUrl'> | undefined): Doctor {
  const theirs = signal<Checkup | undefined>(undefined)
  const { tell, part, route } = createCheckups((checkup) => {
    theirs.value = checkup
  })
  return {
    theirs,
    tell,
    part,
    async options() {
      const taken = seat()
      if (!taken) return { ice: [], route: 'unknown', socketUrl: '' }
      return { ice: (await taken.ice()).iceServers, route: await route(), socketUrl: taken.socketUrl }
    },
  }
}
