import { type ReadonlySignal, signal } from '@preact/signals'
import { type Checkups, createCheckups } from '../../peer/checkups.ts'
import type { Checkup } from '../../protocol/doctor.ts'

/** What the two browsers of a ticket found of their networks. `theirs`: the customer's, once it was sent. */
export type TicketCheckups = Checkups & { readonly theirs: ReadonlySignal<Checkup | undefined> }

export function ticketCheckups(): TicketCheckups {
  const theirs = signal<Checkup | undefined>(undefined)
  const checkups = createCheckups((checkup) => {
    theirs.value = checkup
  })
  return {
    ...checkups,
    theirs,
    over() {
      checkups.over()
      theirs.value = undefined
    },
  }
}
