import './resolved-page.css'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { foundInCase } from '../../desk/queue/found-in-case.ts'
import { openResolved, type Resolved } from '../../desk/queue/resolved.ts'
import { searchQueue } from '../../desk/queue/search-queue.ts'
import type { ResolvedAsk } from '../../desk/server/server-tickets.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { CsvButton } from '../log/csv-button.tsx'
import { type Filters, LogFilters, NO_FILTERS, narrows } from '../log/log-filters.tsx'
import { askOf } from '../log/use-log.ts'
import { Button } from '../ui/button.tsx'
import { Refused } from '../ui/refused.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useResolvedCsv } from './resolved-csv.ts'
import { ResolvedRow } from './resolved-row.tsx'
import { useSearchContext } from './search-context.ts'

/** So many are shown at once, and their details opened; so many more each time that one asks for them. */
const SHOWN = 50

/** What was resolved, the latest first; each can be reopened. */
export function ResolvedPage() {
  const [filters, setFilters] = useState(NO_FILTERS)
  const resolved = useResolved(filters)
  const [count, setCount] = useState(SHOWN)
  const [search, setSearch] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const entries = resolved?.entries.value ?? []
  const csv = useResolvedCsv(
    chosenBy(filters),
    (id) => entries.find(({ header }) => header.id === id)?.details?.name ?? '',
  )
  const near = useMemo(() => entries.slice(0, count), [entries, count])
  const context = useSearchContext(near)
  const shown = useMemo(() => searchQueue(near, search, context), [near, search, context])
  const missing = near.filter(({ details }) => !details).map(({ header }) => header.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: which ones are missing is what counts, not the list's identity
  useEffect(() => void resolved?.open(missing), [resolved, missing.join()])
  useTitle(m.queue_resolved_place())
  useShortcuts({ '/': () => field.current?.focus() })

  async function showMore() {
    if (resolved && count >= entries.length) await resolved.ask()
    setCount(count + SHOWN)
  }

  const known = resolved?.more.value !== undefined
  const refusal = resolved?.refusal.value
  return (
    <main class="resolved">
      <header class="queue-head">
        <h1>{m.queue_resolved_place()}</h1>
        <SearchField
          label={m.queue_resolved_search()}
          placeholder={m.queue_resolved_search()}
          value={search}
          onValue={setSearch}
          onDown={() => list.current?.querySelector('button')?.focus()}
          field={field}
        />
        <CsvButton of={csv} />
      </header>
      <LogFilters
        filters={filters}
        onFilters={setFilters}
        people={{ label: m.log_filter_assignee(), anybody: m.log_any_assignee() }}
      />
      {refusal && <Refused refusal={refusal} />}
      {!known && !refusal && <p class="queue-nothing">{m.queue_resolved_asking()}</p>}
      {known && entries.length === 0 && (
        <p class="queue-nothing">{narrows(filters) ? m.log_resolved_none() : m.queue_resolved_none()}</p>
      )}
      {entries.length > 0 && shown.length === 0 && (
        <p class="queue-nothing" role="status">
          {m.queue_search_nothing({ search })}
        </p>
      )}
      <ul ref={list}>
        {shown.map((entry) => (
          <ResolvedRow key={entry.header.id} entry={entry} found={foundInCase(entry, search, context)} />
        ))}
      </ul>
      {(entries.length > count || resolved?.more.value) && (
        <p class="resolved-more">
          <Button onClick={() => void showMore()}>{m.queue_resolved_more()}</Button>
        </p>
      )}
    </main>
  )
}

/** Asked for anew each time that one comes here. */
function useResolved(filters: Filters): Resolved | undefined {
  const { desk } = useWorkplace()
  const [resolved, setResolved] = useState<Resolved>()
  const ready = desk.keyrings.state.value.kind === 'known'
  // biome-ignore lint/correctness/useExhaustiveDependencies: which ones are chosen is what counts, not the object's identity
  useEffect(() => {
    if (!ready) return undefined
    const life = new AbortController()
    const chosen = chosenBy(filters)
    const { ticketRoutes: server, keyrings } = desk
    const opened = openResolved({ server, chosen, keyringOf: keyrings.of, signal: life.signal })
    void opened.ask()
    setResolved(opened)
    return () => life.abort()
  }, [desk, ready, JSON.stringify(filters)])
  return resolved
}

/** The search is in what this browser has opened; the rest is the server's. */
function chosenBy(filters: Filters): ResolvedAsk {
  const { group, technician: assignee, from, until, order } = askOf(filters)
  return { group, assignee, from, until, order }
}
