import { signal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { Attendance } from '../../desk/session/attendance.ts'
import type { TicketId } from '../../protocol/ids.ts'
import { CallPanel } from './call-panel.tsx'

/** The ticket beside whose chat the call is shown; one at most is in sight. */
export const callPlace = signal<TicketId | undefined>(undefined)

/** Where the chat is, the call is; elsewhere it is in a dock. */
export function CallPlace({ ticket, attendance, name }: { ticket: TicketId; attendance: Attendance; name: string }) {
  useLayoutEffect(() => {
    callPlace.value = ticket
    return () => {
      if (callPlace.peek() === ticket) callPlace.value = undefined
    }
  }, [ticket])
  return (
    <div class="call-placed">
      <CallPanel call={attendance.call} name={name} muteKey="Shift+M" />
    </div>
  )
}
