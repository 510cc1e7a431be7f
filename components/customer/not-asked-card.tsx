import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'

/** After "I did not ask for this": everything is closed, and this is what to do about it. */
export function NotAskedCard({ organisation, onMistake }: { organisation: string; onMistake: () => void }) {
  return (
    <section class="card">
      <h1 tabIndex={-1}>{m.customer_refused_heading()}</h1>
      <p>{m.customer_refused_lead()}</p>
      <ul class="advice">
        <li>{m.customer_refused_call()}</li>
        <li>{m.customer_refused_codes()}</li>
        <li>{m.customer_refused_bank()}</li>
        <li>{m.customer_refused_tell({ organisation })}</li>
      </ul>
      <Button onClick={onMistake}>{m.customer_refused_mistake()}</Button>
    </section>
  )
}
