import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { assigneeOf } from '../../protocol/ticket.ts'
import { useMe } from '../desk/context.ts'
import { Ago } from '../ui/ago.tsx'
import { useNames } from './names.ts'

/** What the one who had the ticket before wants the present one to know. */
export function HandOverNote({ entry: { header, details } }: { entry: QueueEntry }) {
  const names = useNames()
  const me = useMe()
  const note = details?.handOver
  if (!note || note.to !== assigneeOf(header)) return null
  return (
    <figure class="hand-over">
      <figcaption>
        {note.by === me.id ? m.queue_hand_over_mine() : m.queue_hand_over_from({ name: names.technician(note.by) })} ·{' '}
        <Ago at={note.at} />
      </figcaption>
      <p>{note.note}</p>
    </figure>
  )
}
