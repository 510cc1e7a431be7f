import { useState } from 'preact/hooks'
import type { DoctorDialog } from '../../components/doctor/doctor-dialog.tsx'
import { m } from '../../paraglide/messages.js'
import { retried } from '../retried.ts'
import type { Join } from './join.ts'

/** In the footer while there is a seat. What is behind it is loaded when somebody wants it. */
export function CheckConnection({ join: { doctor }, name }: { join: Join; name: string }) {
  const [dialog, setDialog] = useState<{ Doctor: typeof DoctorDialog }>()
  const [seen, setSeen] = useState<number>()
  const theirs = doctor.theirs.value
  const fresh = theirs !== undefined && theirs.at !== seen

  async function open() {
    const { DoctorDialog: Doctor } = await retried(() => import('../../components/doctor/doctor-dialog.tsx'))
    setDialog({ Doctor })
  }

  return (
    <>
      <button type="button" class="page-link page-link-plain" onClick={() => void open().catch(() => {})}>
        {fresh ? m.doctor_told({ name }) : m.doctor_open()}
      </button>
      {dialog && (
        <dialog.Doctor
          options={doctor.options}
          name={name}
          theirs={theirs}
          onSend={doctor.tell}
          onClose={() => {
            setSeen(theirs?.at)
            setDialog(undefined)
          }}
        />
      )}
    </>
  )
}
