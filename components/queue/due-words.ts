import type { Owed, ServiceTarget } from '../../desk/queue/service-level.ts'
import { m } from '../../paraglide/messages.js'
import type { Time } from '../../protocol/ids.ts'
import { spanWords } from '../ui/span-words.ts'

const MINUTE_MS = 60_000

export function targetName(target: ServiceTarget): string {
  return target === 'answer' ? m.due_answer() : m.due_resolve()
}

/** `The first answer is late.` */
export function dueSentence(target: ServiceTarget, missed: boolean): string {
  if (target === 'answer') return missed ? m.pager_due_answer_missed() : m.pager_due_answer_soon()
  return missed ? m.pager_due_resolve_missed() : m.pager_due_resolve_soon()
}

/** `in 12 min`, `soon: in 3 min`, `3 min late`. What is left is rounded up, what is over down: nothing is late before it is. */
export function dueWords(level: Owed, now: Time): string {
  const left = (level.due - now) / MINUTE_MS
  switch (level.kind) {
    case 'running':
      return m.due_in({ span: spanWords(Math.max(1, Math.ceil(left))) })
    case 'soon':
      return m.due_soon({ span: spanWords(Math.max(1, Math.ceil(left))) })
    case 'missed':
      return left > -1 ? m.due_late_now() : m.due_late({ span: spanWords(Math.floor(-left)) })
  }
}
