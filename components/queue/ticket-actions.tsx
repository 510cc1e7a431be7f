import { MonitorUp } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { Attendance } from '../../desk/attendance.ts'
import type { QueueEntry } from '../../desk/queue.ts'
import { m } from '../../paraglide/messages.js'
import { formatCode, formatLink } from '../../protocol/code.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Refused } from '../ui/refused.tsx'
import { useSubmission } from '../ui/submission.ts'
import { customerName } from './customer-name.ts'

type Props = { entry: QueueEntry; attendance: Attendance | undefined }

/** What may be done with an open ticket; the main action is the next step of the work. */
export function TicketActions({ entry, attendance }: Props) {
  const { desk } = useWorkplace()
  const [, navigate] = useLocation()
  const [withdrawing, withdraw] = useState(false)
  const { header, details } = entry
  if (header.state.kind !== 'open') return null
  const state = attendance?.state.value
  const live = state?.kind === 'live' ? state : undefined
  const code = details && { lookup: header.lookup, secret: details.secret }

  function connect() {
    if (live?.canShare && live.screen.kind === 'not-shared') attendance?.askForScreen()
    navigate(`/session/${header.id}`)
  }

  return (
    <div class="ticket-actions">
      {live && (
        <Button kind="primary" onClick={connect}>
          <MonitorUp aria-hidden="true" />
          {live.screen.kind === 'shared' ? m.queue_open_screen() : m.queue_connect()}
        </Button>
      )}
      {code && (
        <>
          <CopyButton
            label={m.queue_copy_link()}
            text={formatLink(desk.origin, code)}
            kind={live ? 'plain' : 'primary'}
          />
          <CopyButton label={m.queue_copy_code()} text={formatCode(code)} />
        </>
      )}
      <Button onClick={() => withdraw(true)}>{m.queue_withdraw()}</Button>
      {withdrawing && <WithdrawDialog entry={entry} attendance={attendance} onClose={() => withdraw(false)} />}
    </div>
  )
}

function WithdrawDialog({ entry, attendance, onClose }: Props & { onClose: () => void }) {
  const { desk } = useWorkplace()
  const { pending, refusal, submit } = useSubmission()
  const live = attendance?.state.value.kind === 'live'
  return (
    <Dialog title={m.queue_withdraw_title({ name: customerName(entry.details) })} onClose={onClose}>
      <p>{live ? m.queue_withdraw_live() : m.queue_withdraw_text()}</p>
      {refusal && <Refused refusal={refusal} />}
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_cancel()}</Button>
        <Button
          kind="stop"
          aria-disabled={pending}
          onClick={() =>
            void submit(async (signal) => {
              attendance?.end()
              await desk.tickets.expire(entry.header.id, 'withdrawn', signal)
              onClose()
            })
          }
        >
          {m.queue_withdraw()}
        </Button>
      </div>
    </Dialog>
  )
}
