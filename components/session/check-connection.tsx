import { Stethoscope } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { DoctorDialog } from '../doctor/doctor-dialog.tsx'
import { Button } from '../ui/button.tsx'

/** Before and during a session: what this network lets through, and what the customer's does, where that was sent. */
export function CheckConnection({ attendance: { checkups }, name }: { attendance: Attendance; name: string }) {
  const { desk } = useWorkplace()
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState<number>()
  const theirs = checkups.theirs.value
  const fresh = theirs !== undefined && theirs.at !== seen
  const label = fresh ? m.doctor_told({ name }) : m.doctor_open()

  async function options() {
    const { iceServers } = await desk.server.ice().catch(() => ({ iceServers: [] }))
    const socketUrl = `${desk.origin.replace(/^http/, 'ws')}/api/socket`
    return { ice: iceServers, route: await checkups.route(), socketUrl }
  }

  return (
    <>
      <Button kind={fresh ? 'plain' : 'quiet'} aria-label={label} title={label} onClick={() => setOpen(true)}>
        <Stethoscope aria-hidden="true" />
        {fresh && label}
      </Button>
      {open && (
        <DoctorDialog
          options={options}
          name={name}
          theirs={theirs}
          onSend={checkups.tell}
          onClose={() => {
            setSeen(theirs?.at)
            setOpen(false)
          }}
        />
      )}
    </>
  )
}
