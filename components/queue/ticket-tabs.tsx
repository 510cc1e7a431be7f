import { useState } from 'preact/hooks'
import type { Attendance } from '../../desk/attendance.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { Tabs } from '../ui/tabs.tsx'
import { CaseChat } from './case-chat.tsx'
import { CaseFiles } from './case-files.tsx'
import { CaseNotes } from './case-notes.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { customerName } from './customer-name.ts'

type Tab = 'chat' | 'notes' | 'files' | 'timeline'

/** What belongs to one ticket, a tab each. */
export function TicketTabs({ entry, attendance }: { entry: QueueEntry; attendance: Attendance | undefined }) {
  const [tab, setTab] = useState<Tab>('chat')
  return (
    <div class="ticket-tabs">
      <Tabs
        label={m.queue_ticket_parts()}
        value={tab}
        options={[
          ['chat', m.chat_label()],
          ['notes', m.notes_label()],
          ['files', m.files_label()],
          ['timeline', m.timeline_label()],
        ]}
        onValue={setTab}
      >
        {tab === 'chat' && <CaseChat entry={entry} attendance={attendance} />}
        {tab === 'notes' && <CaseNotes entry={entry} />}
        {tab === 'files' && <CaseFiles attendance={attendance} name={customerName(entry.details)} />}
        {tab === 'timeline' && <CaseTimeline entry={entry} />}
      </Tabs>
    </div>
  )
}
