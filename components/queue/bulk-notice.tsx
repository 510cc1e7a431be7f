import { m } from '../../paraglide/messages.js'
import { Notice } from '../ui/notice.tsx'
import type { BulkState } from './bulk.ts'

/** How far it is, and afterwards what was not done and why. */
export function BulkNotice({ state }: { state: BulkState }) {
  if (state.kind === 'not-begun') return null
  if (state.kind === 'running') {
    if (state.count === 1) return null
    return (
      <p class="in-turn">
        <progress max={state.count} value={state.done} aria-label={m.people_progress_label()} />
        <span class="figures">{m.people_progress({ done: state.done, count: state.count })}</span>
      </p>
    )
  }
  const [only] = state.problems
  if (state.count === 1 && only) return <Notice tone="stop" title={only.why} />
  return (
    <Notice tone="stop" title={m.people_partly({ done: state.done - state.problems.length, count: state.count })}>
      <ul>
        {state.problems.map(({ id, name, why }) => (
          <li key={id}>{m.people_refused_for({ name, why })}</li>
        ))}
      </ul>
    </Notice>
  )
}
