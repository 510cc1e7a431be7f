import { useEffect, useState } from 'preact/hooks'
import type { CaseEntry, CaseMessage, CasePicture } from '../../desk/case/case-entry.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { TechnicianId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import { CallButton } from '../call/call-button.tsx'
import { useWorkplace } from '../desk/context.ts'
import { ChatPicture } from '../media/chat-picture.tsx'
import { Chat, type ChatEntry } from '../ui/chat.tsx'
import { customerName } from './customer-name.ts'
import { sessionWords } from './event-words.ts'
import { type Names, useNames } from './names.ts'
import { ReplyPicker } from './reply-picker.tsx'

type Props = { entry: QueueEntry; attendance: Attendance | undefined }

/** The chat of a ticket with its history. What is written while the customer is away is delivered on arrival. */
export function CaseChat({ entry, attendance }: Props) {
  const { people } = useWorkplace().desk
  if (mayOpenCase(entry.header, people.looker.value)) return <OpenChat entry={entry} attendance={attendance} />
  return <Chat entries={[]} name={customerName(entry.details)} onSend={() => {}} closed={m.queue_chat_assign_first()} />
}

function OpenChat({ entry, attendance }: Props) {
  const { desk, drafts } = useWorkplace()
  const { sessions, me } = desk
  const names = useNames()
  const name = customerName(entry.details)
  const { history } = sessions.history(entry.header.id, entry.header.group)
  useReading(attendance)
  return (
    <Chat
      entries={history.value.filter(isTalk).map((line) => chatEntry(line, entry, me.id, names))}
      name={name}
      onSend={(text) => attendance?.send(text)}
      onBegin={() => attendance?.answer()}
      draft={drafts.of(entry.header.id)}
      extra={attendance && isUp(attendance) && <CallButton call={attendance.call} name={name} />}
      closed={attendance ? undefined : closedWords(entry, me.id, names)}
      insertions={{
        label: m.replies_label(),
        show: (close, by) => (
          <ReplyPicker customer={entry.details?.name ?? ''} group={entry.header.group} by={by} onClose={close} />
        ),
      }}
    />
  )
}

function isUp({ state }: Attendance): boolean {
  return state.value.kind === 'live' && state.value.line.kind === 'up'
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

/** Why one cannot write: who has it now, or what is missing. */
function closedWords({ header, details }: QueueEntry, me: TechnicianId, names: Names): string {
  if (header.state.kind !== 'open') return m.queue_chat_ended()
  const assignee = assigneeOf(header)
  if (assignee === null) return m.queue_chat_assign_first()
  if (assignee !== me) return m.queue_chat_is_of({ name: names.technician(assignee) })
  return details ? m.queue_chat_begins() : m.queue_chat_no_secret()
}

/** Who comes and goes without a word is for the timeline. */
function isTalk(line: CaseEntry): boolean {
  return line.kind !== 'event' || (line.what !== 'customer-came' && line.what !== 'customer-left')
}

function chatEntry(line: CaseEntry, entry: QueueEntry, me: TechnicianId, names: Names): ChatEntry {
  const name = customerName(entry.details)
  const { by } = line
  const other = by === undefined || by === me ? undefined : names.technician(by)
  if (line.kind === 'event') return { kind: 'event', id: line.id, at: line.at, text: sessionWords(line, name, other) }
  const colleague = other === undefined ? {} : { author: other }
  const said = { ...colleague, id: line.id, at: line.at, mine: line.from === 'technician' }
  if (line.kind === 'message') return { kind: 'message', ...said, text: line.text, note: noteOf(line) }
  return {
    kind: 'picture',
    ...said,
    note: pictureNote(line),
    picture: <ChatPicture entry={entry} media={line.media} />,
  }
}

function pictureNote({ state }: CasePicture): string | undefined {
  if (state === 'waiting') return m.chat_sending()
  return state === 'delivered' ? undefined : m.media_chat_refused()
}

function noteOf({ from, delivered, unchecked }: CaseMessage): string | undefined {
  if (from === 'technician' && !delivered) return m.chat_sending()
  return unchecked ? m.queue_chat_left() : undefined
}
