import './session-over.css'
import { Link } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayHandle } from '../../desk/queue/rights.ts'
import type { AttendanceState } from '../../desk/session/attendance-state.ts'
import { m } from '../../paraglide/messages.js'
import { formatLink } from '../../protocol/code.ts'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { elapsedWords } from '../ui/elapsed.tsx'
import { overWords } from './over-words.ts'
import { sessionDeed } from './session-deed.tsx'
import { keptHere, keptLines } from './session-kept.ts'

type Over = Extract<AttendanceState, { kind: 'over' }> & { began: number }

/** A session that somebody ended on purpose. */
export function wasEnded(state: AttendanceState): state is Over {
  const ended = state.kind === 'over' && (state.why === 'ended-here' || state.why === 'ended-there')
  return ended && state.began !== undefined
}

/** After a session: who ended it, how long it was, what is kept and where, and the ways on. */
export function SessionOver({ entry, over }: { entry: QueueEntry; over: Over }) {
  const { desk } = useWorkplace()
  const { header, details } = entry
  const name = customerName(details)
  const { title, text } = overWords(over.why, name)
  const { history, consents, notes, media, transfers } = desk.sessions.history(header.id, header.group)
  const session = {
    history: history.value,
    consents: consents.list.value,
    notes: notes.text.value,
    media: media.list.value,
    files: transfers.list.value,
    began: over.began,
    ended: over.at,
  }
  const kept = keptLines(session)
  return (
    <section class="session-over" aria-label={m.consent_session_over()}>
      <div role="status">
        <h2>{title}</h2>
        <p>{m.consent_over_lasted({ length: elapsedWords(over.at - over.began) })}</p>
      </div>
      {kept.length > 0 && (
        <>
          <h3>{m.consent_kept_title()}</h3>
          <ul>
            {kept.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="session-over-quiet">{m.consent_kept_where()}</p>
          {keptHere(session) && <p class="session-over-quiet">{m.consent_kept_media_where()}</p>}
        </>
      )}
      <h3>{m.consent_over_next()}</h3>
      <p>{text}</p>
      <div class="session-over-actions">
        {mayHandle(header, desk.people.looker.value) && (
          <Button
            kind="primary"
            disabled={!details}
            onClick={() => {
              sessionDeed.value = { deed: 'resolve', entry }
            }}
          >
            {m.consent_over_resolve()}
          </Button>
        )}
        {details && (
          <CopyButton
            label={m.queue_copy_link()}
            text={formatLink(desk.origin, { lookup: header.lookup, secret: details.secret })}
          />
        )}
        <Link href={`/ticket/${header.id}`} class="button">
          {m.consent_alarm_open()}
        </Link>
        <Link href="/" class="button">
          {m.session_back_to_queue()}
        </Link>
      </div>
    </section>
  )
}
