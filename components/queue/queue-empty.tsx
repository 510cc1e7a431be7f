import { m } from '../../paraglide/messages.js'

/** The queue before its first ticket: how the work goes. */
export function QueueEmpty() {
  return (
    <section class="queue-empty">
      <h2>{m.queue_empty_title()}</h2>
      <ol>
        <li>{m.queue_empty_create()}</li>
        <li>{m.queue_empty_send()}</li>
        <li>{m.queue_empty_come()}</li>
      </ol>
    </section>
  )
}
