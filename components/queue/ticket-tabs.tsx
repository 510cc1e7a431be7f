import { useState } from 'preact/hooks'
import type { Attendance } from '../../desk/attendance.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { Tabs } from '../ui/tabs.tsx'
import { CaseChat } from './case-chat.tsx'

type Tab = 'chat'

/** What belongs to one ticket, a tab each. */
export function TicketTabs({ entry, attendance }: { entry: QueueEntry; attendance: Attendance | undefined }) {
  const [tab, setTab] = useState<Tab>('chat')
  return (
    <div class="ticket-tabs">
      <Tabs label={m.queue_ticket_parts()} value={tab} options={[['chat', m.chat_label()]]} onValue={setTab}>
        <CaseChat entry={entry} attendance={attendance} />
      </Tabs>
    </div>
  )
}
