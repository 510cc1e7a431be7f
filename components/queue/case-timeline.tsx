import './case-timeline.css'
import { useEffect, useState } from 'preact/hooks'
import type { CaseEvent } from '../../desk/case/case-entry.ts'
import { type TimelineLine, timelineOf } from '../../desk/case/timeline.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import { useMe, useWorkplace } from '../desk/context.ts'
import { elapsedWords } from '../ui/elapsed.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { shortTime } from '../ui/short-time.ts'
import { useLedger } from './case-consents.tsx'
import { consentWords } from './consent-words.ts'
import { customerName } from './customer-name.ts'
import { sessionWords, ticketWords } from './event-words.ts'
import { useNames } from './names.ts'

/** What happened to a ticket, the oldest first. What happened in its sessions is shown to those who may open its case. */
export function CaseTimeline({ entry, attendance }: { entry: QueueEntry; attendance: Attendance | undefined }) {
  const { sessions, people } = useWorkplace().desk
  const { header, details } = entry
  const { events, refusal } = useEvents(entry)
  const open = mayOpenCase(header, people.looker.value)
  const history = open ? sessions.history(header.id, header.group).history.value : []
  const handOvers = [...(details?.earlierHandOvers ?? []), ...(details?.handOver ? [details.handOver] : [])]
  const ledger = useLedger(entry, attendance)
  const lines = timelineOf({ events: events ?? [], history, handOvers, ledger })
  const nobodyYet = open && header.state.kind === 'open' && !lines.some(({ kind }) => kind === 'session')
  return (
    <section class="timeline" aria-label={m.timeline_label()}>
      {refusal && <Refused refusal={refusal} />}
      {refusal && !events && <p class="field-hint">{m.timeline_old_missing()}</p>}
      {!events && !refusal && <p role="status">{m.timeline_asking()}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <ol tabIndex={0}>
        {lines.map((line) => (
          <li key={line.id}>
            <time dateTime={new Date(line.at).toISOString()} title={new Date(line.at).toLocaleString(formatLocale())}>
              {shortTime(line.at)}
            </time>
            <TimelineWords line={line} customer={customerName(details)} />
          </li>
        ))}
      </ol>
      {nobodyYet && events && <p class="field-hint">{m.timeline_nobody_yet()}</p>}
      {!open && <p class="field-hint">{m.timeline_closed()}</p>}
    </section>
  )
}

/** What happened, in words. */
export function TimelineWords({ line, customer }: { line: TimelineLine; customer: string }) {
  const names = useNames()
  const me = useMe()
  if (line.kind === 'ticket') return <span>{ticketWords(line.event, names)}</span>
  if (line.kind === 'consent') return <span>{consentWords(line, customer)}</span>
  if (line.kind === 'note') {
    const { by, to, note } = line.handOver
    const who = names.technician(by)
    return (
      <span>
        {to === null ? m.timeline_note_group({ who }) : m.timeline_note({ who, other: names.technician(to) })}
        <q class="timeline-note">{note}</q>
      </span>
    )
  }
  const who = line.by && (line.by === me.id ? me.name : names.technician(line.by))
  return (
    <span>
      {sessionWords(line, customer, line.by === me.id ? undefined : who)}
      {line.lastedMs !== undefined && !isCall(line.what) && (
        <span class="timeline-aside"> {m.timeline_lasted({ length: elapsedWords(line.lastedMs) })}</span>
      )}
      {who && <span class="timeline-aside"> · {m.timeline_noted({ who })}</span>}
    </span>
  )
}

/** So long after a server that did not answer it is asked again, in ms. */
const AGAIN_MS = 5000

/** The server's part, asked for anew whenever the ticket changes, or the server is back. */
function useEvents({ header: { id, version } }: QueueEntry) {
  const { ticketRoutes, wire } = useWorkplace().desk
  const online = wire.connection.value.kind === 'open'
  const [events, setEvents] = useState<readonly TicketEvent[]>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version is one more event
  useEffect(() => {
    // What is known stays, and is as true as it was.
    if (!online && events) return
    const life = new AbortController()
    let again: ReturnType<typeof setTimeout> | undefined
    ticketRoutes.events(id, life.signal).then(
      (reply) => {
        setEvents(reply.events)
        setRefusal(undefined)
      },
      (cause: unknown) => {
        if (life.signal.aborted) return
        if (!(cause instanceof RefusedError)) throw cause
        setRefusal(cause.refusal)
        const { code, retryAfterMs = AGAIN_MS } = cause.refusal
        if (code === 'unavailable' || code === 'too-many') again = setTimeout(() => setTurn(turn + 1), retryAfterMs)
      },
    )
    return () => {
      clearTimeout(again)
      life.abort()
    }
  }, [ticketRoutes, id, version, online, turn])
  return { events, refusal }
}

/** Its length stands in its sentence. */
function isCall(what: CaseEvent['what']): boolean {
  return what === 'call-to-customer' || what === 'call-from-customer'
}
