import { Link } from 'wouter-preact'
import type { Alarm } from '../../desk/queue/alarms.ts'
import { m } from '../../paraglide/messages.js'
import { customerName } from '../queue/customer-name.ts'
import { useNames } from '../queue/names.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useWorkplace } from './context.ts'

/** A customer did not ask for the help: said on every screen, to the admins and to the one who had the ticket. */
export function AlarmBanner() {
  const { list, dismiss } = useWorkplace().desk.alarms
  return (
    <>
      {list.value.map((alarm) => (
        <AlarmNotice key={alarm.ticket.id} alarm={alarm} onDismiss={() => dismiss(alarm.ticket.id)} />
      ))}
    </>
  )
}

function AlarmNotice({ alarm: { ticket, whom }, onDismiss }: { alarm: Alarm; onDismiss: () => void }) {
  const { desk } = useWorkplace()
  const names = useNames()
  const mine = whom === desk.me.id
  const customer = customerName(desk.tickets.find(ticket.id)?.details)
  const about = { customer, lookup: ticket.lookup, group: names.group(ticket.group) }
  return (
    <Notice
      tone="stop"
      title={m.consent_alarm({ customer })}
      actions={
        <>
          <Link href={`/ticket/${ticket.id}`} class="button" onClick={onDismiss}>
            {m.consent_alarm_open()}
          </Link>
          <Button onClick={onDismiss}>{m.desk_dismiss()}</Button>
        </>
      }
    >
      {mine && m.consent_alarm_mine(about)}
      {!mine && whom !== null && m.consent_alarm_whose({ ...about, name: names.technician(whom) })}
      {!mine && whom === null && m.consent_alarm_nobody(about)}
    </Notice>
  )
}
