import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-preact'
import { m } from '../../paraglide/messages.js'
import type { Filters } from './log-filters.tsx'

/**
 * A column of a list; with `sort` the server can put the list in order by it. `falls`: the largest first is what one wants first. `hint`: what
 * the order is by, where that is not what one reads.
 */
export type Column<Sort extends string> = { name: string; sort?: Sort; falls?: boolean; hint?: string }

type Props<Sort extends string> = {
  columns: readonly Column<Sort>[]
  filters: Filters<Sort>
  onFilters: (filters: Filters<Sort>) => void
}

/** The names of a list's columns. A press on one puts the list in order by it, another turns that round. */
export function SortHead<Sort extends string>({ columns, filters, onFilters }: Props<Sort>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <Head key={column.name} column={column} filters={filters} onFilters={onFilters} />
        ))}
      </tr>
    </thead>
  )
}

function Head<Sort extends string>({
  column,
  filters,
  onFilters,
}: Omit<Props<Sort>, 'columns'> & { column: Column<Sort> }) {
  const { name, sort, falls, hint } = column
  if (sort === undefined) return <th scope="col">{name}</th>
  const chosen = filters.sort === sort
  const turned = filters.order === 'ascending' ? 'descending' : 'ascending'
  const Arrow = chosen ? (filters.order === 'ascending' ? ArrowUp : ArrowDown) : ArrowUpDown
  return (
    <th scope="col" class="log-sortable" aria-sort={chosen ? filters.order : 'none'}>
      <button
        type="button"
        title={hint ?? m.log_sort_by({ column: name })}
        onClick={() => onFilters({ ...filters, sort, order: chosen ? turned : falls ? 'descending' : 'ascending' })}
      >
        {name}
        <Arrow aria-hidden="true" class={chosen ? undefined : 'log-unsorted'} />
      </button>
    </th>
  )
}
