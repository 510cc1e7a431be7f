import './people-table.css'
import { ArrowDown, ArrowUp } from 'lucide-preact'
import type { RefObject } from 'preact'
import { useCallback, useRef, useState } from 'preact/hooks'
import type { PeopleView, Person, Sort, SortColumn } from '../../desk/people/people-list.ts'
import { m } from '../../paraglide/messages.js'
import type { Selection } from '../ui/selection.ts'
import { PeopleEmpty } from './people-empty.tsx'
import { PersonRow } from './person-row.tsx'

type Props = {
  /** Everybody in the view, in order. */
  people: readonly Person[]
  /** Those that the search left; the rows of the others are only hidden, which is quicker than making them anew. */
  shown: readonly Person[]
  view: PeopleView
  search: string
  sort: Sort
  onSort: (sort: Sort) => void
  /** Absent for those who may only look. */
  selection: Selection<Person> | undefined
  onAdd: () => void
  table: RefObject<HTMLDivElement>
}

/** People in rows. One row has the focus; arrows move it, Space selects, Shift selects from the last one on. */
export function PeopleTable({ people, shown, view, search, sort, onSort, selection, onAdd, table }: Props) {
  const [focused, focus] = useState<string>()
  const found = new Set(shown.map(({ key }) => key))
  const current = focused !== undefined && found.has(focused) ? focused : shown[0]?.key
  // Rows are drawn anew only when they change: what they call is the newest by way of this.
  const latest = useRef(selection)
  latest.current = selection
  const pick = useCallback((key: string, extend: boolean) => {
    if (extend) latest.current?.extend(key)
    else latest.current?.toggle(key)
  }, [])

  function pressed(event: KeyboardEvent) {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-key]') : null
    const key = row?.dataset.key
    if (!row || key === undefined || event.altKey) return
    if (event.key === ' ' && selection) {
      event.preventDefault()
      pick(key, event.shiftKey)
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey) && selection) {
      event.preventDefault()
      if (shown.some((person) => !selection.has(person.key))) selection.toggleAll()
    } else if (!event.ctrlKey && !event.metaKey) {
      const next = neighbour(row, event.key)
      if (!(next instanceof HTMLElement)) return
      event.preventDefault()
      next.focus()
      next.scrollIntoView({ block: 'nearest' })
      const nextKey = next.dataset.key
      if (event.shiftKey && selection && nextKey !== undefined) {
        if (!selection.has(key)) selection.toggle(key)
        pick(nextKey, true)
      }
    }
  }

  const selectedHere = shown.filter(({ key }) => selection?.has(key)).length
  const columns: [SortColumn, string][] = [
    ['name', m.people_column_name()],
    ['email', m.people_column_email()],
    ['groups', m.people_groups()],
    ['role', m.people_column_role()],
    ['two-step', m.people_column_two_step()],
    ['status', m.people_column_status()],
    ['seen', m.people_column_seen()],
  ]
  if (people.length === 0) return <PeopleEmpty view={view} onAdd={selection && onAdd} />
  return (
    <div class="people-scroll" ref={table}>
      <table
        class={`people ${selection ? 'can-select' : ''}`}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table is what a grid is made of
        role="grid"
        aria-label={m.people_title()}
        aria-multiselectable={selection ? true : undefined}
      >
        <thead>
          <tr>
            {selection && (
              <th class="cell-check" scope="col">
                <input
                  type="checkbox"
                  aria-label={m.people_select_all()}
                  checked={selectedHere > 0 && selectedHere === shown.length}
                  ref={(box) => {
                    if (box) box.indeterminate = selectedHere > 0 && selectedHere < shown.length
                  }}
                  onChange={selection.toggleAll}
                />
              </th>
            )}
            {columns.map(([column, name]) => (
              <Heading key={column} column={column} name={name} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={pressed}>
          {people.map((person) => (
            <PersonRow
              key={person.key}
              person={person}
              tabIndex={person.key === current ? 0 : -1}
              hidden={!found.has(person.key)}
              selected={selection?.has(person.key)}
              onPick={pick}
              onFocus={focus}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p class="team-nothing">{m.people_search_nothing({ search })}</p>}
      {view.kind === 'all' && people.length === 1 && selection && <PeopleEmpty view={view} onAdd={onAdd} />}
    </div>
  )
}

function neighbour(row: HTMLElement, key: string): Element | undefined {
  const rows = [...(row.parentElement?.querySelectorAll('tr:not([hidden])') ?? [])]
  const at = rows.indexOf(row)
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }
  const next = to[key]
  return next === undefined ? undefined : rows[next]
}

type HeadingProps = { column: SortColumn; name: string; sort: Sort; onSort: (sort: Sort) => void }

function Heading({ column, name, sort, onSort }: HeadingProps) {
  const sorted = sort.column === column
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      class={`cell-${column}`}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" onClick={() => onSort({ column, descending: sorted && !sort.descending })}>
        {name}
        {sorted && <Arrow aria-hidden="true" />}
      </button>
    </th>
  )
}
