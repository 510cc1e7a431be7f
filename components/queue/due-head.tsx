import { ArrowDown } from 'lucide-preact'
import { m } from '../../paraglide/messages.js'
import { queueView, setQueueView } from './view-state.ts'

/** The head of the column, which puts what is due first on top, and back. */
export function DueHead() {
  const view = queueView.value
  const first = view.order === 'due'
  return (
    <button
      type="button"
      class="due-head"
      aria-pressed={first}
      title={m.queue_order_due()}
      onClick={() => setQueueView({ ...view, order: first ? 'usual' : 'due' })}
    >
      {m.queue_due()}
      {first && <ArrowDown aria-hidden="true" />}
    </button>
  )
}
