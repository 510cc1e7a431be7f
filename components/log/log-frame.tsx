import './log.css'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { SearchField } from '../ui/search-field.tsx'
import type { Filters } from './log-filters.tsx'

type Props<Sort extends string> = {
  title: string
  search: string
  filters: Filters<Sort>
  onFilters: (filters: Filters<Sort>) => void
  /** Of whose rows one sees which. */
  scope: ComponentChildren
  actions: ComponentChildren
  children: ComponentChildren
}

/** A log's screen: its name, the search and what can be done with all of it. */
export function LogFrame<Sort extends string>({
  title,
  search,
  filters,
  onFilters,
  scope,
  actions,
  children,
}: Props<Sort>) {
  const field = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLElement>(null)
  useTitle(title)
  useShortcuts({ '/': () => field.current?.focus() })
  return (
    <main class="log" ref={main}>
      <header class="log-head">
        <h1>{title}</h1>
        <SearchField
          label={search}
          placeholder={search}
          value={filters.search}
          onValue={(text) => onFilters({ ...filters, search: text.slice(0, 100) })}
          onDown={() => main.current?.querySelector<HTMLElement>('.log-scroll')?.focus()}
          field={field}
        />
        {actions}
      </header>
      <div class="log-scope">{scope}</div>
      {children}
    </main>
  )
}
