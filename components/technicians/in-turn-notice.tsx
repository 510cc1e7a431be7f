import type { ComponentChildren } from 'preact'
import { m } from '../../paraglide/messages.js'
import { Notice } from '../ui/notice.tsx'
import { refusalSentence } from '../ui/refusal.ts'
import type { InTurnState } from './in-turn-state.ts'

type Props<T> = { state: InTurnState<T>; nameOf: (item: T) => string }

/** How far it is, and afterwards for whom it was refused and why. */
export function InTurnNotice<T>({ state, nameOf }: Props<T>): ComponentChildren {
  if (state.kind === 'not-begun') return null
  if (state.kind === 'running') {
    return (
      <p class="in-turn">
        <progress max={state.count} value={state.done} aria-label={m.people_progress_label()} />
        <span class="figures">{m.people_progress({ done: state.done, count: state.count })}</span>
      </p>
    )
  }
  return (
    <Notice tone="stop" title={m.people_partly({ done: state.done - state.refused.length, count: state.count })}>
      <ul>
        {state.refused.map(({ item, refusal }) => (
          <li key={nameOf(item)}>{m.people_refused_for({ name: nameOf(item), why: refusalSentence(refusal) })}</li>
        ))}
      </ul>
    </Notice>
  )
}
