import { useLocation } from 'wouter-preact'
import type { QueueEntry, QueueGroup } from '../../desk/queue.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Pill } from '../ui/pill.tsx'
import { customerName } from './customer-name.ts'
import { StatusPill } from './status-pill.tsx'
import { TICKET_HEADING } from './ticket-pane.tsx'
import { wrongWords } from './wrong-words.ts'

type Props = { groups: { group: QueueGroup; entries: QueueEntry[] }[]; selected: string | undefined }

/** The tickets, those that need a hand first. */
export function QueueList({ groups, selected }: Props) {
  return (
    <>
      {groups.map(({ group, entries }) => (
        <section key={group} class={`queue-group queue-group-${group}`} aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>{groupTitle(group, entries.length)}</h2>
          <ul>
            {entries.map((entry) => (
              <Row key={entry.header.id} entry={entry} selected={entry.header.id === selected} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Row({ entry, selected }: { entry: QueueEntry; selected: boolean }) {
  const { header, details } = entry
  const [, navigate] = useLocation()
  const attendance = useWorkplace().desk.sessions.of(header.id)
  const wrong = attendance?.attempts.value.wrong ?? 0
  const unread = attendance?.unread.value ?? 0
  return (
    <li>
      <a
        class="queue-row"
        href={`#/ticket/${header.id}`}
        data-ticket={header.id}
        aria-current={selected ? 'true' : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          navigate(`/ticket/${header.id}`)
          // Pressed by keyboard: one wants to get there, not only to look.
          if (event.detail === 0) setTimeout(() => document.getElementById(TICKET_HEADING)?.focus())
        }}
      >
        <span class="queue-mark" />
        <span class="code">
          {header.lookup} <span aria-hidden="true">·····</span>
        </span>
        <span class="queue-who">
          <strong>{customerName(details)}</strong>
          <span>{details ? details.request || details.contact : m.queue_no_details()}</span>
        </span>
        <span class="queue-state">
          {unread > 0 && <Pill tone="info">{m.queue_unread({ count: unread })}</Pill>}
          {wrong > 0 && header.state.kind === 'open' && <Pill tone="stop">{wrongWords(wrong)}</Pill>}
          <StatusPill entry={entry} />
        </span>
      </a>
    </li>
  )
}

function groupTitle(group: QueueGroup, count: number): string {
  switch (group) {
    case 'waiting':
      return m.queue_group_waiting({ count })
    case 'in-session':
      return m.queue_group_in_session({ count })
    case 'absent':
      return m.queue_group_absent({ count })
    case 'ended':
      return m.queue_group_ended({ count })
  }
}
