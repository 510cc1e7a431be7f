import './cause-notice.css'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import type { TicketCause } from '../../protocol/ticket-cause.ts'
import { useWorkplace } from '../desk/context.ts'
import { Notice } from '../ui/notice.tsx'
import { waitWords } from '../ui/refusal.ts'
import { useNames } from './names.ts'

type Silence = Extract<TicketCause, { kind: 'silence' }>

const spanOf = ({ minutes }: Silence) => waitWords(minutes * 60_000)

/** What the server did by itself with the ticket as it is now. */
function useByItself({ header, asked }: QueueEntry) {
  const latest = useWorkplace().desk.causes.latest.value.get(header.id)
  return asked || header.state.kind !== 'open' ? undefined : latest
}

/** In the list: that somebody was silent, or that it was assigned by itself. */
export function CauseMark({ entry }: { entry: QueueEntry }) {
  const names = useNames()
  const { me } = useWorkplace().desk
  const latest = useByItself(entry)
  if (latest?.automatic) return <Mark kind="automatic">{m.cause_automatic_mark()}</Mark>
  if (!latest?.silence) return null
  const { whom } = latest.silence
  return (
    <Mark kind="silence">
      {whom === me.id ? m.cause_silence_mark_me() : m.cause_silence_mark({ name: names.technician(whom) })}
    </Mark>
  )
}

/** Words in front of the request, in one line with it. */
function Mark({ kind, children }: { kind: TicketCause['kind']; children: string }) {
  return <span class={`cause-mark cause-${kind}`}>{children}</span>
}

/** In the ticket: the same in whole sentences. */
export function CauseNotice({ entry }: { entry: QueueEntry }) {
  const names = useNames()
  const { me } = useWorkplace().desk
  const latest = useByItself(entry)
  if (!latest) return null
  const { silence, automatic } = latest
  const before = silence && silenceSentence(silence, silence.whom === me.id, names.technician(silence.whom))
  if (automatic) {
    const title =
      automatic.whom === me.id
        ? m.cause_automatic_me()
        : m.cause_automatic_other({ name: names.technician(automatic.whom) })
    return (
      <Notice tone="info" title={title}>
        {before}
      </Notice>
    )
  }
  if (!before) return null
  return (
    <Notice tone="waiting" title={before}>
      {m.cause_silence_text()}
    </Notice>
  )
}

/** `name` did not answer for so long. */
export function silenceSentence(silence: Silence, isMe: boolean, name: string): string {
  return isMe ? m.cause_silence_me({ wait: spanOf(silence) }) : m.cause_silence({ name, wait: spanOf(silence) })
}
