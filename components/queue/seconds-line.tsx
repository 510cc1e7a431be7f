import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayInvite } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import type { TechnicianId } from '../../protocol/ids.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { useDeed } from './deed.ts'
import { leaveQuietly } from './invited-news.ts'
import { useNames } from './names.ts'

/** Who was invited to a ticket besides its assignee, and how that ends. */
export function SecondsLine({ entry: { header } }: { entry: QueueEntry }) {
  const { me, tickets, people } = useWorkplace().desk
  const names = useNames()
  const { pending, problem, run } = useDeed()
  if (header.seconds.length === 0) return null
  const leads = mayInvite(header, people.looker.value)
  const end = (id: TechnicianId) =>
    void run(
      (signal) => {
        const ended = tickets.setSecond(header.id, id, false, signal)
        if (id === me.id) {
          const left = leaveQuietly(header.id)
          ended.then(left, left)
        }
        return ended
      },
      () => announce(m.people_done()),
    )
  return (
    <>
      <p class="ticket-label">{m.seconds_label()}</p>
      <ul class="seconds">
        {header.seconds.map((id) => {
          const name = id === me.id ? me.name : names.technician(id)
          return (
            <li key={id}>
              <Avatar name={name} />
              <span>{id === me.id ? m.queue_you() : name}</span>
              {(leads || id === me.id) && header.state.kind === 'open' && (
                <Button
                  kind="quiet"
                  aria-disabled={pending}
                  aria-label={id === me.id ? m.seconds_leave() : m.seconds_end_of({ name })}
                  onClick={() => end(id)}
                >
                  {id === me.id ? m.seconds_leave() : m.seconds_end()}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {problem && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
