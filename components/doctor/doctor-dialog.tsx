import { useEffect, useState } from 'preact/hooks'
import { m } from '../../paraglide/messages.js'
import { checkConnection, type DoctorOptions } from '../../peer/doctor.ts'
import type { Checkup } from '../../protocol/doctor.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Findings, type Found } from './findings.tsx'

type Props = {
  /** Asked when a check begins. */
  options(): Promise<Omit<DoctorOptions, 'onFound' | 'signal'>>
  /** Who is at the other end. */
  name: string
  /** What the other browser found, once it was sent. */
  theirs: Checkup | undefined
  onSend: (checkup: Checkup) => void
  onClose: () => void
}

/** Tries this browser's ways as soon as it is open. */
export function DoctorDialog({ options, name, theirs, onSend, onClose }: Props) {
  const [round, setRound] = useState(0)
  const [found, setFound] = useState<Found>({})
  const [checkup, setCheckup] = useState<Checkup>()
  const [sent, setSent] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a check runs once in each round, whatever is drawn meanwhile
  useEffect(() => {
    const life = new AbortController()
    setFound({})
    setCheckup(undefined)
    setSent(false)
    options()
      .then((given) =>
        checkConnection({
          ...given,
          onFound: (way, state) => setFound((before) => ({ ...before, [way]: state })),
          signal: life.signal,
        }),
      )
      .then((done) => !life.signal.aborted && setCheckup(done))
      .catch(() => {})
    return () => life.abort()
  }, [round])
  return (
    <Dialog title={m.doctor_title()} onClose={onClose}>
      <p class="doctor-lead">{m.doctor_lead()}</p>
      <Findings title={m.doctor_here()} found={found} checkup={checkup} />
      {theirs && <Findings title={m.doctor_there({ name })} found={theirs.ways} checkup={theirs} />}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.doctor_close()}</Button>
        <Button aria-disabled={!checkup} onClick={() => checkup && setRound(round + 1)}>
          {m.doctor_again()}
        </Button>
        <Button
          kind="primary"
          aria-disabled={!checkup || sent}
          onClick={() => {
            if (!checkup || sent) return
            onSend(checkup)
            setSent(true)
          }}
        >
          {sent ? m.doctor_sent({ name }) : m.doctor_send({ name })}
        </Button>
      </div>
    </Dialog>
  )
}
