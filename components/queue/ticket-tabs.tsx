import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { CallPlace } from '../call/call-place.tsx'
import { MediaTab } from '../media/media-tab.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { CaseBoard } from './case-board.tsx'
import { CaseChat } from './case-chat.tsx'
import { CaseConsents } from './case-consents.tsx'
import { CaseFiles, FileNotices } from './case-files.tsx'
import { CaseNotes } from './case-notes.tsx'
import { CaseTimeline } from './case-timeline.tsx'
import { customerName } from './customer-name.ts'

type Tab = 'chat' | 'notes' | 'files' | 'media' | 'consent' | 'timeline' | 'board'

/** What belongs to one ticket, a tab each. */
export function TicketTabs({ entry, attendance }: { entry: QueueEntry; attendance: Attendance | undefined }) {
  const [chosen, setTab] = useState<Tab>('chat')
  // In a session the board is on the stage.
  const onStage = attendance?.state.value.kind === 'live'
  const tab = onStage && chosen === 'board' ? 'chat' : chosen
  return (
    <div class="ticket-tabs">
      {attendance && <CallPlace ticket={entry.header.id} attendance={attendance} name={customerName(entry.details)} />}
      {attendance && <FileNotices entry={entry} attendance={attendance} />}
      <Tabs
        label={m.queue_ticket_parts()}
        value={tab}
        options={[
          ['chat', m.chat_label()],
          ['notes', m.notes_label()],
          ['files', m.files_label()],
          ['media', m.media_label()],
          ['consent', m.consent_tab()],
          ['timeline', m.timeline_label()],
          ...(onStage ? [] : [['board', m.board_whiteboard()] as const]),
        ]}
        onValue={setTab}
      >
        {tab === 'chat' && <CaseChat entry={entry} attendance={attendance} />}
        {tab === 'notes' && <CaseNotes entry={entry} />}
        {tab === 'files' && <CaseFiles entry={entry} attendance={attendance} />}
        {tab === 'media' && <MediaTab entry={entry} />}
        {tab === 'consent' && <CaseConsents entry={entry} attendance={attendance} />}
        {tab === 'timeline' && <CaseTimeline entry={entry} attendance={attendance} />}
        {tab === 'board' && <CaseBoard entry={entry} />}
      </Tabs>
    </div>
  )
}
