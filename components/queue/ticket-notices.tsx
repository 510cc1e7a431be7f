import { useLocation } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayReopen } from '../../desk/queue/rights.ts'
import type { Attendance } from '../../desk/session/attendance.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { AttendanceNotice } from '../session/attendance-notice.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { CauseNotice } from './cause-notice.tsx'
import { customerName } from './customer-name.ts'
import { useDeed } from './deed.ts'
import { endedTitle } from './ended-words.ts'
import { useNames } from './names.ts'
import { wrongWords } from './wrong-words.ts'

type Props = { entry: QueueEntry; attendance: Attendance | undefined; onSuccessor: () => void }

/** What a technician must know about a ticket, with what to do about it. */
export function TicketNotices({ entry, attendance, onSuccessor }: Props) {
  const { header, details } = entry
  const wrong = attendance?.attempts.value.wrong ?? 0
  const state = attendance?.state.value
  // The count says it already.
  const turnedAway = state?.kind === 'over' && state.why === 'wrong-secret'
  if (header.state.kind === 'expired') return <Ended entry={entry} onSuccessor={onSuccessor} />
  if (header.state.kind === 'resolved') return <Resolved entry={entry} />
  return (
    <>
      <CauseNotice entry={entry} />
      {!details && (
        <Notice tone="info" title={m.queue_no_details_title()}>
          {m.queue_no_details_text()}
        </Notice>
      )}
      {wrong > 0 && (
        <Notice tone="stop" title={wrongWords(wrong)}>
          {m.queue_wrong_text()}
        </Notice>
      )}
      {attendance && !turnedAway && (
        <AttendanceNotice attendance={attendance} presence={entry.presence} name={customerName(details)} />
      )}
    </>
  )
}

function Resolved({ entry }: { entry: QueueEntry }) {
  const { desk } = useWorkplace()
  const names = useNames()
  const [, navigate] = useLocation()
  const { pending, problem, run } = useDeed()
  const { header } = entry
  if (header.state.kind !== 'resolved') return null
  const { by } = header.state
  const title = by === desk.me.id ? m.queue_resolved_by_me() : m.queue_resolved_by({ name: names.technician(by) })
  return (
    <>
      <Notice
        tone="info"
        title={title}
        actions={
          mayReopen(header, desk.people.looker.value) && (
            <Button
              kind="primary"
              aria-disabled={pending}
              onClick={() =>
                void run(
                  (signal) => desk.tickets.reopen(header, signal),
                  () => navigate(`/ticket/${header.id}`),
                )
              }
            >
              {m.queue_reopen()}
            </Button>
          )
        }
      >
        {m.queue_resolved_text()}
      </Notice>
      {problem && <Notice tone="stop" title={problem} />}
    </>
  )
}

function Ended({ entry, onSuccessor }: Pick<Props, 'entry' | 'onSuccessor'>) {
  const { tickets, people } = useWorkplace().desk
  const [, navigate] = useLocation()
  const { pending, problem, run } = useDeed()
  const { header } = entry
  if (header.state.kind !== 'expired') return null
  const notAsked = header.state.why === 'not-asked'
  // Whoever had it does not clear away what the admins look into.
  const mayDismiss = !notAsked || people.looker.value.admin
  return (
    <>
      <Notice
        tone={header.state.why === 'guessed' || notAsked ? 'stop' : 'info'}
        title={endedTitle(header.state)}
        actions={
          <>
            <Button kind="primary" onClick={onSuccessor}>
              {m.queue_successor()}
            </Button>
            {mayDismiss && (
              <Button
                aria-disabled={pending}
                onClick={() =>
                  void run(
                    async () => void (await tickets.dismiss(header.id)),
                    () => navigate('/'),
                  )
                }
              >
                {m.queue_dismiss()}
              </Button>
            )}
          </>
        }
      >
        {notAsked ? m.consent_ended_not_asked_text() : m.queue_ended_text()}
      </Notice>
      {problem && <Notice tone="stop" title={problem} />}
    </>
  )
}
