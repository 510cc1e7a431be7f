import './session.css'
import { useEffect, useState } from 'preact/hooks'
import { Redirect } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import type { TechnicianId } from '../../protocol/ids.ts'
import { useArrivals } from '../desk/arrivals.ts'
import { Banners } from '../desk/banners.tsx'
import { useWorkplace } from '../desk/context.ts'
import { KeysDialog } from '../desk/keys-dialog.tsx'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { customerName } from '../queue/customer-name.ts'
import { TicketTabs } from '../queue/ticket-tabs.tsx'
import { SessionBar } from './session-bar.tsx'
import { SessionMain } from './session-main.tsx'

/** A session: the customer's screen is the page; everything else stands around it. */
export function SessionPage({ ticket }: { ticket: string }) {
  const { desk } = useWorkplace()
  const [chat, showChat] = useState(true)
  const [keys, showKeys] = useState(false)
  const entry = desk.tickets.find(ticket)
  const attendance = entry && desk.sessions.of(entry.header.id)
  const name = customerName(entry?.details)
  useEffect(() => attendance?.answer(), [attendance])
  useTitle(name)
  useShortcuts({
    '?': () => {
      showKeys(true)
      // They are listed on the page: the key may have been pressed in the picture's own window.
      window.focus()
    },
  })
  useArrivals()
  if (!entry) return desk.tickets.known.value ? <Redirect to="/" /> : null
  if (!attendance) return comesYet(entry, desk.me.id) ? null : <Redirect to={`/ticket/${entry.header.id}`} />
  return (
    <div class={`session theater ${chat ? 'with-chat' : ''}`}>
      <SessionBar entry={entry} attendance={attendance} chat={chat} onChat={() => showChat(!chat)} />
      <Banners />
      <SessionMain {...{ entry, attendance, name }} board={desk.sessions.board(entry.header.id)} />
      {chat && (
        <aside class="session-side" aria-label={m.queue_ticket_parts()}>
          <TicketTabs entry={entry} attendance={attendance} />
        </aside>
      )}
      {keys && <KeysDialog place="session" onClose={() => showKeys(false)} />}
    </div>
  )
}

/** After a reload the ticket is known a moment before its details, without which nobody is attended. */
function comesYet({ header, details }: QueueEntry, me: TechnicianId): boolean {
  return !details && header.state.kind === 'open' && header.state.assignee === me
}
