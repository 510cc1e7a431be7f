import * as v from 'valibot'
import { Lookup, TicketId, Time } from '../../protocol/ids.ts'
import type { Call } from './calls.ts'
import type { Quiet } from './quiet.ts'

/**
 * When a technician is called, and called again. All that wait are called for together: one who comes begins the times between
 * two calls anew, and so does whoever acts.
 */

/** Kept in storage: it outlives the background, which is put to sleep at any time. */
export const Calling = v.strictObject({
  /** The tickets that were called for. `since`: for how long the customer waits; `goneAt`: is away at the moment. */
  tickets: v.map(TicketId, v.strictObject({ lookup: Lookup, since: Time, goneAt: v.nullable(Time) })),
  /** The last call, and how many there were since somebody came or acted. */
  lastAt: Time,
  times: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type Calling = v.InferOutput<typeof Calling>

export const NOBODY_CALLED: Calling = { tickets: new Map(), lastAt: 0, times: 0 }

/** After the first call, the second, …; the last one over and over. */
const AGAIN_MS = [30_000, 60_000, 120_000, 300_000]

/** Who is away for less than this and comes back has not come anew: a page that is loaded again, a link that was cut. */
const AWAY_MS = 60_000

export type Situation = { calls: readonly Call[]; quiet: Quiet; repeat: boolean }

/** `call`: for whom to call now, nobody mostly. `nextAt`: when to look again, if nothing happens before; null: not at all. */
export type Next = { calling: Calling; call: readonly Call[]; nextAt: Time | null }

/** What follows from who waits at `now`. Nobody is called while it is quiet: whoever still waits afterwards is called for then. */
export function nextPager(before: Calling, { calls, quiet, repeat }: Situation, now: Time): Next {
  const present = stillThere(before, calls, now)
  if (quiet.kind === 'quiet') return { calling: present, call: [], nextAt: calls.length > 0 ? quiet.until : null }
  const isNew = ({ ticket }: Call) => !present.tickets.has(ticket)
  const fresh = calls.filter(isNew)
  const due = repeat && calls.length > 0 && now >= againAt(present)
  if (fresh.length === 0 && !due) return { calling: present, call: [], nextAt: nextAt(present, calls, repeat) }
  const tickets = new Map(present.tickets)
  for (const { ticket, lookup, since } of fresh) tickets.set(ticket, { lookup, since, goneAt: null })
  const calling = { tickets, lastAt: now, times: fresh.length > 0 ? 1 : present.times + 1 }
  return { calling, call: due ? calls : fresh, nextAt: nextAt(calling, calls, repeat) }
}

/** Somebody did something about a call: the next one comes after the first of the times. */
export function acted(calling: Calling, now: Time): Calling {
  return { ...calling, lastAt: now, times: 1 }
}

/** As if nobody had been called for these yet. */
export function without(calling: Calling, these: ReadonlySet<TicketId>): Calling {
  return { ...calling, tickets: new Map([...calling.tickets].filter(([ticket]) => !these.has(ticket))) }
}

/** For how long a customer waits: from the first time on, although a link that came up by itself tells of another. */
export function waitingSince({ tickets }: Calling, { ticket, since }: Call): Time {
  return Math.min(tickets.get(ticket)?.since ?? since, since)
}

function againAt({ lastAt, times }: Calling): Time {
  return lastAt + (AGAIN_MS[Math.max(0, Math.min(times, AGAIN_MS.length) - 1)] ?? 0)
}

function nextAt(calling: Calling, calls: readonly Call[], repeat: boolean): Time | null {
  return repeat && calls.length > 0 ? againAt(calling) : null
}

/** Forgets those who have been away for too long. */
function stillThere(before: Calling, calls: readonly Call[], now: Time): Calling {
  const here = new Set(calls.map(({ ticket }) => ticket))
  const tickets: Calling['tickets'] = new Map()
  for (const [ticket, known] of before.tickets) {
    if (now - (known.goneAt ?? now) >= AWAY_MS) continue
    tickets.set(ticket, { ...known, goneAt: here.has(ticket) ? null : (known.goneAt ?? now) })
  }
  return { ...before, tickets }
}
