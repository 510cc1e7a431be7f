import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Resolved } from '../../desk/queue/resolved.ts'
import { m } from '../../paraglide/messages.js'
import { RefusedError } from '../../protocol/errors.ts'
import type { OverState } from '../../protocol/http.ts'
import { useLongWork } from '../account/long-work.tsx'
import { Button } from '../ui/button.tsx'
import { formatLocale } from '../ui/locale.ts'
import { Refused } from '../ui/refused.tsx'

type Props = {
  resolved: Resolved
  over: OverState
  /** `code`: the server looked for an ID. `near`: in what is opened here. `all`: in everything that fits the filters. */
  scope: 'code' | 'near' | 'all'
  near: number
  found: number
  onAll: () => void
  onCancel: () => void
  /** To look among the expired ones too. */
  onBoth: () => void
  /** What can be done with those that were found, once everything that fits the filters was searched. */
  children?: ComponentChildren
}

/** What a search looked through, since the server cannot read it, and a way to have all of it looked through. */
export function ResolvedSearch(props: Props) {
  const { resolved, over, scope, near, found, onAll, onCancel, onBoth, children } = props
  const { state, run, cancel } = useLongWork()
  const everything = near >= resolved.entries.value.length && resolved.more.value === false
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun when all of them are asked for, and anew for other ones
  useEffect(() => {
    if (scope === 'all') void run((signal, onProgress) => resolved.openAll(onProgress, signal))
    return cancel
  }, [scope, resolved])
  const figures = { found: figure(found) }
  return (
    <div class="resolved-search">
      {scope === 'all' && state.kind === 'working' ? (
        <>
          <p role="status">{m.resolved_search_working({ ...figures, count: figure(state.done) })}</p>
          <progress class="work-progress" aria-label={m.resolved_search_all()} />
          <Button
            onClick={() => {
              cancel()
              onCancel()
            }}
          >
            {m.desk_cancel()}
          </Button>
        </>
      ) : (
        <>
          <p role="status">{sentence()}</p>
          {state.kind === 'failed' && (
            <Refused refusal={state.cause instanceof RefusedError ? state.cause.refusal : { code: 'unavailable' }} />
          )}
          {(scope === 'code' || (scope === 'near' && !everything)) && (
            <Button onClick={onAll}>{m.resolved_search_all()}</Button>
          )}
          {over === 'resolved' && <Button onClick={onBoth}>{m.resolved_search_both()}</Button>}
          {(scope === 'all' || (scope === 'near' && everything)) && state.kind === 'idle' && children}
        </>
      )}
    </div>
  )

  function sentence(): string {
    if (scope === 'code') return m.resolved_search_code(figures)
    if (scope === 'near' && !everything) return m.resolved_search_near({ ...figures, count: figure(near) })
    const searched = { ...figures, count: figure(resolved.entries.value.length) }
    if (over === 'resolved') return m.resolved_search_done(searched)
    return over === 'expired' ? m.resolved_search_done_expired(searched) : m.resolved_search_done_over(searched)
  }
}

const figure = (count: number) => count.toLocaleString(formatLocale())
