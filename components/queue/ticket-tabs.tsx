import { useState } from 'preact/hooks'
import type { Attendance } from '../../desk/attendance.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { MediaTab } from '../media/media-tab.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { CaseChat } from './case-chat.tsx'
import { CaseNotes } from './case-notes.tsx'
import { CaseTimeline } from './case-timeline.tsx'

type Tab = 'chat' | 'notes' | 'media' | 'timeline'

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
          ['media', m.media_label()],
          ['timeline', m.timeline_label()],
        ]}
        onValue={setTab}
      >
        {tab === 'chat' && <CaseChat entry={entry} attendance={attendance} />}
        {tab === 'notes' && <CaseNotes entry={entry} />}
        {tab === 'media' && <MediaTab entry={entry} />}
        {tab === 'timeline' && <CaseTimeline entry={entry} />}
      </Tabs>
    </div>
  )
}
