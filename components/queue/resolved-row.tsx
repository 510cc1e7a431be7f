import { Link, useLocation } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import type { FoundInCase } from '../../desk/queue/found-in-case.ts'
import { statusOf } from '../../desk/queue/order.ts'
import { mayReopen } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Ago } from '../ui/ago.tsx'
import { Button } from '../ui/button.tsx'
import { AssigneeCell } from './assignee-cell.tsx'
import { customerName } from './customer-name.ts'
import { useDeed } from './deed.ts'
import { howEnded } from './ended-words.ts'
import { useNames } from './names.ts'
import { RequestLine } from './request-line.tsx'

/** One ticket that is over: whose it was, when and how it ended, and the way back into the queue. */
export function ResolvedRow({ entry, found }: { entry: QueueEntry; found: FoundInCase | undefined }) {
  const { desk } = useWorkplace()
  const [, navigate] = useLocation()
  const names = useNames()
  const { pending, problem, run } = useDeed()
  const { header, details } = entry
  const { state } = header
  if (state.kind === 'open') return null
  const name = customerName(details)
  // It is in the queue until somebody dismisses it there, or a week is over.
  const known = desk.tickets.find(header.id)
  const inQueue = known && statusOf(known) === 'ended'
  return (
    <tr>
      <td data-column={m.log_column_code()}>
        <span class="code">{header.lookup}</span>
      </td>
      <td class="resolved-who">
        <span class="queue-who">
          <Link href={`/log/ticket/${header.id}`} class="resolved-name">
            {name}
          </Link>
          <RequestLine details={details} found={found} />
        </span>
      </td>
      <td data-column={m.log_column_group()}>{names.group(header.group)}</td>
      <td data-column={m.log_column_assignee()}>
        <AssigneeCell entry={entry} />
      </td>
      <td data-column={m.resolved_column_how()}>
        {howEnded(state, desk.me.id, names)}
        {inQueue && <span class="resolved-in-queue">{m.resolved_in_queue()}</span>}
      </td>
      <td data-column={m.resolved_column_ended()} class="resolved-when">
        <Ago at={state.at} />
      </td>
      <td>
        {mayReopen(header, desk.people.looker.value) && (
          <Button
            aria-label={m.queue_reopen_of({ name })}
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
        )}
        {problem && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
      </td>
    </tr>
  )
}
