import type { ComponentChildren } from 'preact'
import type { Period } from '../../desk/log/period.ts'
import { m } from '../../paraglide/messages.js'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import type { SortOrder } from '../../protocol/log.ts'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/select-field.tsx'

/** `Sort`: by what the list is in order. */
export type Filters<Sort extends string = string> = {
  group: GroupId | undefined
  technician: TechnicianId | undefined
  period: Period
  search: string
  sort: Sort
  order: SortOrder
}

export const NO_FILTERS: Filters<'time'> = {
  group: undefined,
  technician: undefined,
  period: { kind: 'all' },
  search: '',
  sort: 'time',
  order: 'descending',
}

/** Whether less is looked at than `none` does. */
export function narrows({ group, technician, period, search }: Filters, none: Filters = NO_FILTERS): boolean {
  const samePeriod = choiceOf(period) === choiceOf(none.period)
  return group !== undefined || technician !== undefined || !samePeriod || search !== ''
}

type Props<Sort extends string> = {
  filters: Filters<Sort>
  onFilters: (filters: Filters<Sort>) => void
  /** What the people of the list are called: technicians, or assignees. */
  people: { label: string; anybody: string }
  /** Where one begins; without a whole time in it, none can be chosen. */
  none?: Filters
  /** Another choice, before the others. */
  children?: ComponentChildren
}

/** Which rows one looks at: of whom, and of when. */
export function LogFilters<Sort extends string>(props: Props<Sort>) {
  const { filters, onFilters, people, none = NO_FILTERS, children } = props
  const { groupNames, names } = useWorkplace().desk.people
  const change = (part: Partial<Filters<Sort>>) => onFilters({ ...filters, ...part })
  const { group, technician, period } = filters
  return (
    <div class="log-filters">
      {children}
      <SelectField
        label={m.log_filter_group()}
        value={group ?? ''}
        options={[{ value: '', name: m.log_any_group() }, ...optionsOf(groupNames.value)]}
        onValue={(value) => change({ group: value === '' ? undefined : value })}
      />
      <SelectField
        label={people.label}
        value={technician ?? ''}
        options={[{ value: '', name: people.anybody }, ...optionsOf(names.value)]}
        onValue={(value) => change({ technician: value === '' ? undefined : value })}
      />
      <SelectField
        label={m.log_filter_period()}
        value={choiceOf(period)}
        options={PERIODS.filter((value) => value !== 'all' || none.period.kind === 'all').map((value) => ({
          value,
          name: periodName(value),
        }))}
        onValue={(value) => change({ period: periodOf(value) })}
      />
      {period.kind === 'custom' && (
        <>
          <DayField label={m.log_period_first()} onValue={(first) => change({ period: { ...period, first } })} />
          <DayField label={m.log_period_last()} onValue={(last) => change({ period: { ...period, last } })} />
        </>
      )}
      {narrows(filters, none) && (
        <Button kind="quiet" onClick={() => onFilters({ ...none, sort: filters.sort, order: filters.order })}>
          {m.log_clear()}
        </Button>
      )}
    </div>
  )
}

function optionsOf<Id extends string>(names: ReadonlyMap<Id, string>): { value: Id; name: string }[] {
  return [...names].map(([value, name]) => ({ value, name }))
}

const PERIODS = ['all', 'today', '7', '30', 'custom'] as const
type Choice = (typeof PERIODS)[number]

function choiceOf(period: Period): Choice {
  if (period.kind === 'days') return period.days === 7 ? '7' : '30'
  return period.kind
}

function periodOf(choice: Choice): Period {
  switch (choice) {
    case '7':
      return { kind: 'days', days: 7 }
    case '30':
      return { kind: 'days', days: 30 }
    case 'custom':
      return { kind: 'custom', first: '', last: '' }
    default:
      return { kind: choice }
  }
}

function periodName(choice: Choice): string {
  switch (choice) {
    case 'all':
      return m.log_period_all()
    case 'today':
      return m.log_period_today()
    case '7':
      return m.log_period_7()
    case '30':
      return m.log_period_30()
    case 'custom':
      return m.log_period_custom()
  }
}

/** The field keeps what is being typed: only a whole day, or none, is told. */
function DayField({ label, onValue }: { label: string; onValue: (day: string) => void }) {
  return (
    <div class="field">
      <label class="log-day">
        {label}
        <input
          type="date"
          min="1970-01-01"
          onInput={({ currentTarget: { value, validity } }) => {
            if (validity.valid) onValue(value)
          }}
        />
      </label>
    </div>
  )
}
