import './due-mark.css'
import { AlarmClock, Clock, TriangleAlert } from 'lucide-preact'
import type { ServiceLevel } from '../../desk/queue/service-level.ts'
import { m } from '../../paraglide/messages.js'
import { formatLocale } from '../ui/locale.ts'
import { dueWords, targetName } from './due-words.ts'

const ICONS = { running: Clock, soon: AlarmClock, missed: TriangleAlert }

/** Until when something is owed, or for how long it is late; the moment itself on hover. `named`: what is owed stands in front for all. */
export function DueMark({ level, named = false }: { level: ServiceLevel; named?: boolean }) {
  if (level.kind === 'none') return null
  const { kind, target, due } = level
  const Icon = ICONS[kind]
  const exact = new Date(due)
  return (
    <time
      class={`due due-${kind}`}
      dateTime={exact.toISOString()}
      title={m.due_exact({ target: targetName(target), time: exact.toLocaleString(formatLocale()) })}
    >
      <Icon aria-hidden="true" />
      <span class={named ? '' : 'unseen'}>{m.due_target({ target: targetName(target) })} </span>
      <span class="figures">{dueWords(level, Date.now())}</span>
    </time>
  )
}
