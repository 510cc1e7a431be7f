import type { Changed } from '../../desk/queue/change-ticket.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayAssign } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import { assigneeOf } from '../../protocol/ticket.ts'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from './customer-name.ts'
import { useNames } from './names.ts'
import { overtakenWords, problemWords } from './problem-words.ts'
import { queueNews } from './view-state.ts'

/** Whether "Assign to me" is offered. */
export function useMayClaim(): (entry: QueueEntry) => boolean {
  const looker = useWorkplace().desk.people.looker.value
  return ({ header, asked }) => !asked && mayAssign(header, looker) && assigneeOf(header) !== looker.id
}

/** "Assign to me": the queue shows it at once; what became of it is said where it did not become mine. */
export function useClaim(): (entry: QueueEntry) => Promise<void> {
  const { desk } = useWorkplace()
  const names = useNames()
  return async ({ header, details }) => {
    queueNews.value = undefined
    const name = customerName(details)
    try {
      // It goes on when another screen is opened meanwhile.
      const changed: Changed = await desk.tickets.claim(header.id, AbortSignal.timeout(30_000))
      if (changed.kind === 'done') return announce(m.queue_claimed({ name }))
      const text = () => m.cause_of({ customer: name, sentence: overtakenWords(changed.ticket, desk.me.id, names) })
      queueNews.value = { tone: 'waiting', text }
    } catch (cause) {
      const sentence = problemWords(cause)
      queueNews.value = { tone: 'stop', text: () => m.cause_of({ customer: name, sentence }) }
    }
  }
}
