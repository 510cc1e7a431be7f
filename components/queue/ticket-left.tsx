import { Link } from 'wouter-preact'
import { m } from '../../paraglide/messages.js'

/** In the place of a ticket that one may not see any more, or that never was. */
export function TicketLeft() {
  return (
    <aside class="ticket ticket-left">
      <p role="status">{m.queue_left()}</p>
      <Link href="/" class="button button-plain">
        {m.session_back_to_queue()}
      </Link>
    </aside>
  )
}
