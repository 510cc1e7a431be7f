import { m } from '../../paraglide/messages.js'

/** Under the name while the screen is shared: the bar above has Stop; here is what it means. */
export function SharedNote({ technician }: { technician: string }) {
  return (
    <div role="status">
      <p>
        <strong>{m.customer_share_on({ technician })}</strong>
      </p>
      <p class="card-quiet">{m.customer_share_on_advice({ technician })}</p>
    </div>
  )
}
