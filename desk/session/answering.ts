import type { Presence } from '../../protocol/ticket.ts'

/** Whether somebody did something for the customer who is there; a desk that is open links by itself, which is nothing yet. */
export type Answering = {
  /** Where the server says that the customer is; `live`: the two are linked, whatever a server says that was begun anew. */
  follow(presence: Presence, live: boolean): void
  /** The technician wrote, asked for the screen or opened the session. */
  act(): void
}

/** @param tell says it to the server; once for each time that the server does not know it, while the two are linked */
export function openAnswering(tell: () => void): Answering {
  let presence: Presence = { kind: 'offline' }
  let acted = false

  function tellIfNew() {
    if (acted && presence.kind === 'in-session' && !presence.answered) tell()
  }

  return {
    follow(next, live) {
      // Another customer may come, or the same one anew.
      if (next.kind === 'offline' && !live) acted = false
      presence = next
      tellIfNew()
    },
    act() {
      // For somebody who is not there nothing is done yet: what is written arrives later, and says nothing of when.
      if (presence.kind === 'offline') return
      acted = true
      tellIfNew()
    },
  }
}
