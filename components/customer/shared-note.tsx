import { m } from '../../paraglide/messages.js'

/** Under the name while the screen is shared: the bar above has Stop; here is what it means. */
export function SharedNote({ technician, sound }: { technician: string; sound: boolean }) {
  return (
    <div role="status">
      <p>
        <strong>{sound ? m.sound_on({ technician }) : m.customer_share_on({ technician })}</strong>
      </p>
      <p class="card-quiet">{m.customer_share_on_advice({ technician })}</p>
    </div>
  )
}
