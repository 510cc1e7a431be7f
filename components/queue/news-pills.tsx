import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Pill } from '../ui/pill.tsx'
import { wrongWords } from './wrong-words.ts'

/** What there is to read, and who typed wrong codes. */
export function NewsPills({ entry: { header, held } }: { entry: QueueEntry }) {
  const { me, sessions } = useWorkplace().desk
  const attendance = sessions.of(header.id)
  // Of an own ticket what was left is fetched at once, and counted then.
  const unread = attendance?.unread.value ?? held
  const wrong = attendance?.attempts.value.wrong ?? 0
  return (
    <>
      {header.seconds.includes(me.id) && <Pill tone="info">{m.seconds_pill()}</Pill>}
      {unread > 0 && <Pill tone="info">{m.queue_unread({ count: unread })}</Pill>}
      {wrong > 0 && header.state.kind === 'open' && <Pill tone="stop">{wrongWords(wrong)}</Pill>}
    </>
  )
}
