import './case-timeline.css'
import { useEffect, useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import { timelineOf } from '../../desk/timeline.ts'
import { m } from '../../paraglide/messages.js'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'
import { useWorkplace } from '../desk/context.ts'
import { elapsedWords } from '../ui/elapsed.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'
import { customerName } from './customer-name.ts'
import { sessionWords, ticketWords } from './event-words.ts'
import { useNames } from './names.ts'

/** What happened to a ticket, the oldest first. What happened in its sessions is shown to those who may open its case. */
export function CaseTimeline({ entry }: { entry: QueueEntry }) {
  const { sessions, people } = useWorkplace().desk
  const { header, details } = entry
  const names = useNames()
  const { events, refusal } = useEvents(entry)
  const open = mayOpenCase(header, people.looker.value)
  const history = open ? sessions.history(header.id, header.group).history.value : []
  const name = customerName(details)
  const lines = timelineOf(events ?? [], history)
  return (
    <section class="timeline" aria-label={m.timeline_label()}>
      {refusal && <Refused refusal={refusal} />}
      {!events && !refusal && <p role="status">{m.timeline_asking()}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <ol tabIndex={0}>
        {lines.map((line) => (
          <li key={line.id}>
            <time dateTime={new Date(line.at).toISOString()} title={new Date(line.at).toLocaleString(formatLocale())}>
              {shortTime(line.at)}
            </time>
            <span>
              {line.kind === 'ticket' ? ticketWords(line.event, names) : sessionWords(line.what, name)}
              {line.kind === 'session' && line.lastedMs !== undefined && (
                <span class="timeline-length"> {m.timeline_lasted({ length: elapsedWords(line.lastedMs) })}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {!open && <p class="field-hint">{m.timeline_closed()}</p>}
    </section>
  )
}

/** The server's part, asked for anew whenever the ticket changes. */
function useEvents({ header: { id, version } }: QueueEntry) {
  const { ticketRoutes } = useWorkplace().desk
  const [events, setEvents] = useState<readonly TicketEvent[]>()
  const [refusal, setRefusal] = useState<Refusal>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version is one more event
  useEffect(() => {
    const life = new AbortController()
    ticketRoutes.events(id, life.signal).then(
      (reply) => {
        setEvents(reply.events)
        setRefusal(undefined)
      },
      (cause: unknown) => {
        if (life.signal.aborted) return
        if (!(cause instanceof RefusedError)) throw cause
        setRefusal(cause.refusal)
      },
    )
    return () => life.abort()
  }, [ticketRoutes, id, version])
  return { events, refusal }
}

function shortTime(at: number): string {
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Date(at).toLocaleString(formatLocale(), options)
}
