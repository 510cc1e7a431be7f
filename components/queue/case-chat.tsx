import { useEffect, useState } from 'preact/hooks'
import type { Attendance } from '../../desk/attendance.ts'
import type { CaseEntry, CaseEvent } from '../../desk/case-entry.ts'
import type { QueueEntry } from '../../desk/queue.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Chat, type ChatEntry } from '../ui/chat.tsx'
import { customerName } from './customer-name.ts'

type Props = { entry: QueueEntry; attendance: Attendance | undefined }

/** The chat of a ticket with its history. What is written while the customer is away is delivered on arrival. */
export function CaseChat({ entry, attendance }: Props) {
  const { sessions } = useWorkplace().desk
  const name = customerName(entry.details)
  const { history } = sessions.history(entry.header.id)
  useReading(attendance)
  return (
    <Chat
      entries={history.value.map((line) => chatEntry(line, name))}
      name={name}
      onSend={(text) => attendance?.send(text)}
      closed={closedWords(entry, attendance)}
    />
  )
}

/** What is on the screen in front of somebody is read. */
function useReading(attendance: Attendance | undefined) {
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  const unread = attendance?.unread.value ?? 0
  useEffect(() => {
    const changed = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', changed)
    return () => document.removeEventListener('visibilitychange', changed)
  }, [])
  useEffect(() => {
    if (visible && unread > 0) attendance?.read()
  }, [visible, unread, attendance])
}

function closedWords({ header, details }: QueueEntry, attendance: Attendance | undefined): string | undefined {
  if (header.state.kind === 'expired') return m.queue_chat_ended()
  if (!details) return m.queue_chat_no_secret()
  return attendance ? undefined : m.queue_chat_not_mine()
}

function chatEntry(line: CaseEntry, name: string): ChatEntry {
  return line.kind === 'message'
    ? { ...line, mine: line.from === 'technician' }
    : { ...line, text: eventWords(line.what, name) }
}

function eventWords(what: CaseEvent['what'], name: string): string {
  switch (what) {
    case 'connected':
      return m.queue_event_connected({ name })
    case 'screen-shared':
      return m.queue_event_shared({ name })
    case 'screen-stopped':
      return m.queue_event_stopped({ name })
    case 'ended-by-technician':
      return m.queue_event_ended_here()
    case 'ended-by-customer':
      return m.queue_event_ended_there({ name })
    case 'lost':
      return m.queue_event_lost()
  }
}
