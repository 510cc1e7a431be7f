import { useEffect } from 'preact/hooks'
import { readSound } from '../../desk/account/settings.ts'
import { isExtensionPage } from '../../desk/extension-page.ts'
import { ringName } from '../../desk/pager/notices.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketId } from '../../protocol/ids.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { customerName } from '../queue/customer-name.ts'
import { CallPanel } from './call-panel.tsx'
import { callPlace } from './call-place.tsx'
import { CallVoice } from './call-voice.tsx'
import { useRing } from './ring.ts'

/** The calls of all tickets, whatever page of the desk is in front: heard, rung, and shown where no chat shows them. */
export function DeskCalls() {
  const { desk } = useWorkplace()
  return [...desk.sessions.all.value].map(([ticket, attendance]) => (
    <OneCall key={ticket} ticket={ticket} attendance={attendance} />
  ))
}

function OneCall({ ticket, attendance }: { ticket: TicketId; attendance: Attendance }) {
  const { desk } = useWorkplace()
  const { call } = attendance
  const { call: now, mine, theirs } = call.now.value
  const name = customerName(desk.tickets.find(ticket)?.details)
  const rings = now.kind === 'ringing'
  const muted = mine.microphone === 'off'
  useRing(rings, readSound)
  useNotice(ticket, rings, name)
  useShortcuts(
    now.kind === 'on' && mine.microphone !== 'none' ? { M: () => void call.does.turn('microphone', muted) } : {},
  )
  const lasting = now.kind !== 'none' || call.now.value.opening
  return (
    <>
      {now.kind === 'on' && <CallVoice track={theirs.voice} name={name} />}
      {lasting && callPlace.value !== ticket && (
        <div class="call-dock">
          <CallPanel call={call} name={name} muteKey="Shift+M" />
        </div>
      )}
    </>
  )
}

/** With the desk behind other windows, a call is a notification. */
function useNotice(ticket: TicketId, rings: boolean, name: string) {
  useEffect(() => {
    if (!rings || !isExtensionPage() || document.hasFocus()) return
    const id = ringName(ticket)
    const words = { title: m.call_notice({ name }), message: m.call_notice_text(), buttons: [] }
    const notices = import('../../desk/browser/notifications.ts')
    void notices.then(({ showNotice }) => showNotice(id, words)).catch(() => {})
    return () => void notices.then(({ clearNotice }) => clearNotice(id)).catch(() => {})
  }, [ticket, rings, name])
}
