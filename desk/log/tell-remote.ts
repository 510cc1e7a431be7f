import { effect, type ReadonlySignal, untracked } from '@preact/signals'
import { randomId } from '../../peer/random-id.ts'
import type { TicketId } from '../../protocol/ids.ts'
import type { ToldEvent } from '../../protocol/log-event.ts'
import type { Media } from '../media/media.ts'
import type { Wire } from '../server/wire.ts'
import type { Attendance } from '../session/attendance.ts'
import { toldOfCall, toldOfConsent, toldOfMedia, toldOfTransfer } from './told.ts'

type Parts = {
  attendances: ReadonlySignal<ReadonlyMap<TicketId, Attendance>>
  media: Pick<Media, 'items'>
  wire: Wire
  signal: AbortSignal
}

/** What could not be told is kept for the socket that comes next; so much of it. */
const MAX_WAITING = 200

/**
 * Tells the server for its log what it cannot see of the sessions: what was allowed, recorded, kept as a picture, sent, and which way the
 * link takes. The server writes each thing down once, however often it is told.
 */
export function tellRemote({ attendances, media, wire, signal: until }: Parts): void {
  const followed = new Map<Attendance, () => void>()
  const waiting: { ticket: TicketId; event: ToldEvent }[] = []

  function tell(ticket: TicketId, event: ToldEvent) {
    if (wire.send({ type: 'log-remote', ticket, event })) return
    waiting.push({ ticket, event })
    if (waiting.length > MAX_WAITING) waiting.shift()
  }

  function tellWaiting() {
    for (const { ticket, event } of waiting.splice(0)) tell(ticket, event)
  }

  const stopFollowing = effect(() => {
    const all = attendances.value
    untracked(() => {
      for (const [ticket, attendance] of all) {
        if (!followed.has(attendance)) followed.set(attendance, follow(ticket, attendance, media, tell))
      }
      const present = new Set(all.values())
      for (const [attendance, stop] of followed) {
        if (present.has(attendance)) continue
        stop()
        followed.delete(attendance)
      }
    })
  })
  const stopWaiting = wire.connection.subscribe(({ kind }) => {
    // Behind the messages by which the sessions take their seats again.
    if (kind === 'open') setTimeout(tellWaiting)
  })
  until.addEventListener('abort', () => {
    stopFollowing()
    stopWaiting()
    for (const stop of followed.values()) stop()
  })
}

/** One ticket. @returns what ends it */
function follow(
  ticket: TicketId,
  { state, consents, files, quality, call }: Attendance,
  media: Parts['media'],
  tell: (ticket: TicketId, event: ToldEvent) => void,
): () => void {
  const told = new Set<string>()
  /** Since when the session goes on: what there was before it is not told. */
  let since: number | undefined
  let route: 'direct' | 'relayed' | undefined
  let heard = call.now.peek().call

  function once(event: ToldEvent | undefined) {
    if (!event) return
    const key = JSON.stringify(event)
    if (told.has(key)) return
    told.add(key)
    tell(ticket, event)
  }

  const stops = [
    effect(() => {
      const now = state.value
      if (now.kind === 'live') since = now.since
      // A recording may be finished only after the session is over.
      else if (now.kind === 'none' || now.kind === 'over') route = undefined
    }),
    effect(() => {
      for (const consent of consents.now.value.values()) once(toldOfConsent(consent))
    }),
    effect(() => {
      for (const transfer of files.list.value) once(toldOfTransfer(transfer))
    }),
    effect(() => {
      const items = media.items.value
      for (const item of items.values()) {
        if (item.ticket === ticket && since !== undefined && item.at >= since)
          for (const event of toldOfMedia(item)) once(event)
      }
    }),
    effect(() => {
      const now = call.now.value.call
      for (const event of toldOfCall(heard, now, Date.now())) once(event)
      heard = now
    }),
    effect(() => {
      const taken = quality.value?.route
      if (!taken || taken === 'unknown' || taken === route) return
      route = taken
      once({ what: 'route', id: randomId(), route: taken })
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
