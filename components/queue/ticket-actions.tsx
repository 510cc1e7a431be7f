import { MonitorUp } from 'lucide-preact'
import { useLocation } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayAssign, mayHandle, mayInvite } from '../../desk/queue/rights.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { formatCode, formatLink } from '../../protocol/code.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { MoreMenu } from '../ui/more-menu.tsx'
import { useClaim, useMayClaim } from './claim.ts'
import type { TicketDeed } from './ticket-dialog.tsx'

type Props = {
  entry: QueueEntry
  attendance: Attendance | undefined
  onDeed: (deed: TicketDeed) => void
}

/** What may be done with an open ticket; the main action is the next step of the work. */
export function TicketActions({ entry, attendance, onDeed }: Props) {
  const { desk } = useWorkplace()
  const [, navigate] = useLocation()
  const looker = desk.people.looker.value
  const claim = useClaim()
  const claimable = useMayClaim()(entry)
  const { header, details } = entry
  if (header.state.kind !== 'open') return null
  const state = attendance?.state.value
  const live = state?.kind === 'live' ? state : undefined
  const code = details && { lookup: header.lookup, secret: details.secret }
  const handled = mayHandle(header, looker)

  function connect() {
    // After a hand-over the customer's page asks by itself.
    const shows = live?.screen.kind !== 'not-shared' || live.screen.why === 'handed-over'
    if (live?.canShare && !shows) attendance?.askForScreen()
    navigate(`/session/${header.id}`)
  }

  return (
    <div class="ticket-actions">
      {claimable && (
        <Button kind={live ? 'plain' : 'primary'} shortcut="a" onClick={() => void claim(entry)}>
          {m.queue_claim()}
        </Button>
      )}
      {live && (
        <Button kind="primary" onClick={connect}>
          <MonitorUp aria-hidden="true" />
          {live.screen.kind === 'shared' ? m.queue_open_screen() : m.queue_connect()}
        </Button>
      )}
      {code && (
        <CopyButton
          label={m.queue_copy_link()}
          text={formatLink(desk.origin, code)}
          kind={live || claimable ? 'plain' : 'primary'}
        />
      )}
      {code && <CopyButton label={m.queue_copy_code()} text={formatCode(code)} />}
      {handled && (
        <>
          <Button shortcut="e" disabled={!details} onClick={() => onDeed('edit')}>
            {m.queue_edit()}
          </Button>
          <Button shortcut="r" disabled={!details} onClick={() => onDeed('resolve')}>
            {m.queue_resolve()}
          </Button>
        </>
      )}
      {mayAssign(header, looker) && (
        <MoreMenu label={m.queue_more()}>
          <Button kind="quiet" onClick={() => onDeed('assign')}>
            {m.queue_assign_more()}
          </Button>
          {mayInvite(header, looker) && (
            <Button kind="quiet" onClick={() => onDeed('second')}>
              {m.seconds_invite_more()}
            </Button>
          )}
          {handled && (
            <>
              <Button kind="quiet" disabled={!details} onClick={() => onDeed('move')}>
                {m.queue_move_more()}
              </Button>
              <Button kind="quiet" onClick={() => onDeed('withdraw')}>
                {m.queue_withdraw()}
              </Button>
            </>
          )}
        </MoreMenu>
      )}
    </div>
  )
}
