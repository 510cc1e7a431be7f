import { useEffect, useId, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { m } from '../../paraglide/messages.js'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { LogRow } from '../../protocol/log.ts'
import { useWorkplace } from '../desk/context.ts'
import { Refused } from '../ui/refused.tsx'
import { fullTime, LogTime } from './log-table.tsx'
import { actorWords } from './log-words.ts'
import type { Session } from './remote-page.tsx'
import { withinWords } from './session-words.ts'

type Props = { session: Session; cells: readonly string[]; columns: readonly string[] }

/** One session, and below it, when it is opened, all that happened in it. */
export function RemoteRow({ session, cells, columns }: Props) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { row } = session
  return (
    <>
      <tr>
        <td data-column={m.log_column_time()}>
          <button
            type="button"
            class="log-open"
            aria-expanded={open}
            aria-controls={id}
            aria-label={m.log_details({ time: fullTime(row.at) })}
            onClick={() => setOpen(!open)}
          >
            <LogTime at={row.at} />
          </button>
        </td>
        {cells.map((cell, at) => (
          <td key={columns[at]} data-column={columns[at]}>
            {cell}
          </td>
        ))}
      </tr>
      <tr id={id} hidden={!open}>
        <td colSpan={cells.length + 1}>{open && <SessionLines row={row} />}</td>
      </tr>
    </>
  )
}

type Answer = { kind: 'asking' } | { kind: 'known'; rows: readonly LogRow[] } | { kind: 'refused'; why: Refusal }

function SessionLines({ row }: { row: LogRow }) {
  const { desk } = useWorkplace()
  const [answer, setAnswer] = useState<Answer>({ kind: 'asking' })
  const { session, ticket } = row
  useEffect(() => {
    const life = new AbortController()
    if (session) {
      desk.log.session(session, life.signal).then(
        ({ rows }) => setAnswer({ kind: 'known', rows }),
        (error: unknown) => {
          if (error instanceof RefusedError) setAnswer({ kind: 'refused', why: error.refusal })
        },
      )
    }
    return () => life.abort()
  }, [desk, session])
  if (answer.kind === 'refused') return <Refused refusal={answer.why} />
  if (answer.kind === 'asking') return <p role="status">{m.log_details_asking()}</p>
  return (
    <>
      <ol class="log-lines">
        {answer.rows.map(({ seq, at, by, told, event }) => (
          <li key={seq}>
            <LogTime at={at} /> <span>{withinWords(event)}</span>{' '}
            <span class="log-note">{told ? m.log_told() : actorWords(by)}</span>
          </li>
        ))}
      </ol>
      {ticket && (
        <p class="log-note">
          <Link href={`/log/ticket/${ticket.id}`}>{m.log_open_ticket()}</Link>
        </p>
      )}
    </>
  )
}
