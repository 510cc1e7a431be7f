import { ArrowLeft, MessageSquare } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { RecordingPill } from '../media/recording-pill.tsx'
import { customerName } from '../queue/customer-name.ts'
import { StatusPill } from '../queue/status-pill.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Pill } from '../ui/pill.tsx'
import { CheckConnection } from './check-connection.tsx'
import { ComparePill } from './compare-pill.tsx'
import { ConsentPill } from './consent-pill.tsx'
import { HandOverButton } from './hand-over-button.tsx'
import { LinePill } from './line-pill.tsx'

type Props = { entry: QueueEntry; attendance: Attendance; chat: boolean; onChat: () => void }

/** Always in sight: whom one helps, how it stands, by which way, and the end. */
export function SessionBar({ entry, attendance, chat, onChat }: Props) {
  const [ending, end] = useState(false)
  const state = attendance.state.value
  const unread = attendance.unread.value
  const name = customerName(entry.details)
  return (
    <header class="session-bar">
      <Link href={`/ticket/${entry.header.id}`} class="button button-quiet">
        <ArrowLeft aria-hidden="true" />
        {m.session_back()}
      </Link>
      <h1>{name}</h1>
      <span class="code">{entry.header.lookup}</span>
      {state.kind === 'live' ? <LinePill state={state} /> : <StatusPill entry={entry} />}
      <RecordingPill ticket={entry.header.id} name={name} />
      <span class="session-facts">
        <ConsentPill attendance={attendance} />
        <Route attendance={attendance} />
        <ComparePill attendance={attendance} />
      </span>
      <CheckConnection attendance={attendance} name={name} />
      <span class="session-bar-end">
        <Button aria-expanded={chat} onClick={onChat}>
          <MessageSquare aria-hidden="true" />
          {m.chat_label()}
          {unread > 0 && <span class="session-unread figures">{unread}</span>}
        </Button>
        {state.kind === 'live' && <HandOverButton entry={entry} />}
        {state.kind === 'live' && (
          <Button kind="stop" onClick={() => end(true)}>
            {m.session_end()}
          </Button>
        )}
      </span>
      {ending && (
        <Dialog title={m.session_end_title({ name })} onClose={() => end(false)}>
          <p>{m.session_end_text()}</p>
          <div class="dialog-actions">
            <Button onClick={() => end(false)}>{m.desk_cancel()}</Button>
            <Button
              kind="stop"
              onClick={() => {
                attendance.end()
                end(false)
              }}
            >
              {m.session_end()}
            </Button>
          </div>
        </Dialog>
      )}
    </header>
  )
}

/** How the two browsers are connected, and how far apart they are. */
function Route({ attendance }: { attendance: Attendance }) {
  const quality = attendance.quality.value
  if (!quality || quality.route === 'unknown') return null
  const route = quality.route === 'direct' ? m.session_route_direct() : m.session_route_relayed()
  if (quality.roundTripMs === undefined) return <Pill tone="info">{route}</Pill>
  const time = new Intl.NumberFormat(formatLocale(), { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 })
  return (
    <Pill tone="info">
      {route} · {time.format(quality.roundTripMs)}
    </Pill>
  )
}
