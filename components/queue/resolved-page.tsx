import './resolved-page.css'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { foundInCase } from '../../desk/queue/found-in-case.ts'
import { openResolved, type Resolved } from '../../desk/queue/resolved.ts'
import { searchQueue } from '../../desk/queue/search-queue.ts'
import type { ResolvedAsk } from '../../desk/server/server-tickets.ts'
import { m } from '../../paraglide/messages.js'
import type { OverState, ResolvedSort } from '../../protocol/http.ts'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { CsvButton } from '../log/csv-button.tsx'
import { DeleteFound } from '../log/delete-found.tsx'
import { type Filters, LogFilters, NO_FILTERS, narrows } from '../log/log-filters.tsx'
import { askOf } from '../log/use-log.ts'
import { Button } from '../ui/button.tsx'
import { Refused } from '../ui/refused.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { useResolvedCsv } from './resolved-csv.ts'
import { ResolvedSearch } from './resolved-search.tsx'
import { ResolvedTable } from './resolved-table.tsx'
import { useSearchContext } from './search-context.ts'

/** So many are shown at once, and their details opened; so many more each time that one asks for them. */
const SHOWN = 50

/** What is over, the latest first: what was resolved, which can be reopened, or what expired, or both. */
export function ResolvedPage() {
  const [filters, setFilters] = useState<Filters<ResolvedSort>>(NO_FILTERS)
  const [over, setOver] = useState<OverState>('resolved')
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const lookup = all ? undefined : lookupOf(search)
  const resolved = useResolved(over, filters, lookup)
  const [count, setCount] = useState(SHOWN)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLElement>(null)
  const entries = resolved?.entries.value ?? []
  const csv = useResolvedCsv(
    over,
    chosenBy(filters),
    (id) => entries.find(({ header }) => header.id === id)?.details?.name ?? '',
  )
  const near = useMemo(() => entries.slice(0, count), [entries, count])
  // What the server found by its ID is not searched once more, and where all are opened, all are searched.
  const searched = all ? entries : near
  const context = useSearchContext(searched)
  const found = useMemo(
    () => (lookup ? near : searchQueue(searched, search, context)),
    [near, searched, search, context, lookup],
  )
  const shown = found.slice(0, count)
  const missing = near.filter(({ details }) => !details).map(({ header }) => header.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: which ones are missing is what counts, not the list's identity
  useEffect(() => void resolved?.open(missing), [resolved, missing.join()])
  useTitle(m.queue_resolved_place())
  useShortcuts({ '/': () => field.current?.focus() })

  async function showMore() {
    if (resolved && count >= entries.length) await resolved.ask()
    setCount(count + SHOWN)
  }

  function show(next: OverState) {
    setOver(next)
    setAll(false)
  }

  const searchLabel = over === 'resolved' ? m.queue_resolved_search() : m.resolved_search_over()
  const known = resolved?.more.value !== undefined
  const refusal = resolved?.refusal.value
  const more = all ? found.length > count : entries.length > count || resolved?.more.value
  return (
    <main class="resolved log">
      <header class="queue-head">
        <h1>{m.queue_resolved_place()}</h1>
        <SearchField
          label={searchLabel}
          placeholder={searchLabel}
          value={search}
          onValue={(text) => {
            setSearch(text)
            if (text.trim() === '') setAll(false)
          }}
          onDown={() => list.current?.querySelector<HTMLElement>('tbody a')?.focus()}
          field={field}
        />
        <CsvButton of={csv} />
      </header>
      <LogFilters
        filters={filters}
        onFilters={(next) => {
          setFilters(next)
          setAll(false)
        }}
        people={{ label: m.log_filter_assignee(), anybody: m.log_any_assignee() }}
      >
        <SelectField label={m.resolved_filter_state()} value={over} options={statesOf()} onValue={show} />
      </LogFilters>
      {search.trim() !== '' && known && resolved && (
        <ResolvedSearch
          key={String(all)}
          resolved={resolved}
          over={over}
          scope={all ? 'all' : lookup ? 'code' : 'near'}
          near={near.length}
          found={found.length}
          onAll={() => setAll(true)}
          onCancel={() => setAll(false)}
          onBoth={() => show('over')}
        >
          <DeleteFound
            found={found}
            resolved={resolved}
            search={search}
            limits={{ state: over !== 'over', filters: narrows(filters) }}
          />
        </ResolvedSearch>
      )}
      {refusal && <Refused refusal={refusal} />}
      {!known && !refusal && <p class="queue-nothing">{m.queue_resolved_asking()}</p>}
      {known && entries.length === 0 && search.trim() === '' && (
        <p class="queue-nothing">{narrows(filters) ? m.log_resolved_none() : nothingOf(over)}</p>
      )}
      <section class="log-scroll" ref={list} aria-label={m.queue_resolved_place()}>
        {(shown.length > 0 || !known) && (
          <ResolvedTable
            entries={shown}
            filters={filters}
            onFilters={(next) => {
              setFilters(next)
              setAll(false)
            }}
            foundIn={(entry) => foundInCase(entry, search, context)}
          />
        )}
        {more && (
          <p class="resolved-more">
            <Button onClick={() => void showMore()}>{m.queue_resolved_more()}</Button>
          </p>
        )}
      </section>
    </main>
  )
}

function statesOf(): { value: OverState; name: string }[] {
  return [
    { value: 'resolved', name: m.resolved_state_resolved() },
    { value: 'expired', name: m.resolved_state_expired() },
    { value: 'over', name: m.resolved_state_over() },
  ]
}

function nothingOf(over: OverState): string {
  if (over === 'resolved') return m.queue_resolved_none()
  return over === 'expired' ? m.resolved_none_expired() : m.resolved_none_over()
}

/** Asked for anew each time that one comes here. */
function useResolved(
  over: OverState,
  filters: Filters<ResolvedSort>,
  lookup: string | undefined,
): Resolved | undefined {
  const { desk } = useWorkplace()
  const [resolved, setResolved] = useState<Resolved>()
  const ready = desk.keyrings.state.value.kind === 'known'
  // biome-ignore lint/correctness/useExhaustiveDependencies: which ones are chosen is what counts, not the object's identity
  useEffect(() => {
    if (!ready) return undefined
    const life = new AbortController()
    const chosen = { ...chosenBy(filters), lookup }
    const { ticketRoutes: server, keyrings, tickets } = desk
    const { of: keyringOf } = keyrings
    const { signal } = life
    const opened = openResolved({ server, state: over, chosen, keyringOf, inQueue: tickets.detailsOf, signal })
    void opened.ask()
    setResolved(opened)
    return () => life.abort()
  }, [desk, ready, over, lookup, JSON.stringify(filters)])
  return resolved
}

/** The words of the search are this browser's to find; only an ID is the server's. */
function chosenBy(filters: Filters<ResolvedSort>): ResolvedAsk {
  const { group, technician: assignee, from, until, sort, order } = askOf(filters)
  return { group, assignee, from, until, sort, order }
}

/** The first half of a code, where the text is one, whole or its first half. */
function lookupOf(search: string): string | undefined {
  return /^\s*(\d{5})(?:[\s-]?\d{0,5})\s*$/.exec(search)?.[1]
}
