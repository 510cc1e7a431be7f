import './filter-bar.css'
import { EVERYTHING, type FilterCounts, type QueueFilter, type Whose } from '../../desk/queue/filter.ts'
import { PRIORITIES, QUEUE_STATUSES } from '../../desk/queue/order.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { Button } from '../ui/button.tsx'
import { priorityName, statusName, whoseName } from './queue-words.ts'
import { ViewMenu } from './view-menu.tsx'
import { queueFilter } from './view-state.ts'

const WHOSE: readonly Whose[] = ['all', 'mine', 'unassigned']

/** What of the queue one looks at, and how many each choice shows. */
export function FilterBar({ counts, promised }: { counts: FilterCounts; promised: boolean }) {
  const groups = useWorkplace().desk.people.groupNames.value
  const filter = queueFilter.value
  const change = (part: Partial<QueueFilter>) => {
    queueFilter.value = { ...filter, ...part }
  }
  const narrowed = Object.values({ ...filter, whose: undefined }).some((choice) => choice !== undefined)

  return (
    <div class="filters" role="toolbar" aria-label={m.queue_filters()}>
      {WHOSE.map((whose) => (
        <button
          key={whose}
          type="button"
          class="chip"
          aria-pressed={filter.whose === whose}
          onClick={() => change({ whose })}
        >
          {whoseName(whose)} <span class="figures">{counts.whose[whose]}</span>
        </button>
      ))}
      {(promised || filter.pressing) && (
        <button
          type="button"
          class="chip"
          aria-pressed={filter.pressing === true}
          onClick={() => change({ pressing: filter.pressing ? undefined : true })}
        >
          {m.queue_filter_pressing()} <span class="figures">{counts.pressing}</span>
        </button>
      )}
      {groups.size > 1 && (
        <FilterSelect
          label={m.queue_group()}
          chosen={filter.group}
          options={[...groups].map(([value, name]) => ({ value, name, count: counts.groups.get(value) ?? 0 }))}
          onChoose={(group) => change({ group })}
        />
      )}
      <FilterSelect
        label={m.queue_status()}
        chosen={filter.status}
        options={QUEUE_STATUSES.map((value) => ({
          value,
          name: statusName(value),
          count: counts.statuses.get(value) ?? 0,
        }))}
        onChoose={(status) => change({ status })}
      />
      <FilterSelect
        label={m.queue_priority()}
        chosen={filter.priority}
        options={PRIORITIES.map((value) => ({
          value,
          name: priorityName(value),
          count: counts.priorities.get(value) ?? 0,
        }))}
        onChoose={(priority) => change({ priority })}
      />
      {(counts.tags.size > 0 || filter.tag !== undefined) && (
        <FilterSelect
          label={m.queue_tag()}
          chosen={filter.tag}
          options={tagOptions(counts, filter)}
          onChoose={(tag) => change({ tag })}
        />
      )}
      {narrowed && (
        <Button
          kind="quiet"
          class="filters-clear"
          onClick={() => {
            queueFilter.value = { ...EVERYTHING, whose: filter.whose }
          }}
        >
          {m.queue_filters_clear()}
        </Button>
      )}
      <ViewMenu />
    </div>
  )
}

function tagOptions({ tags }: FilterCounts, { tag }: QueueFilter): Choice<string>[] {
  const options = [...tags].map(([value, count]) => ({ value, name: value, count }))
  return tag === undefined || tags.has(tag) ? options : [...options, { value: tag, name: tag, count: 0 }]
}

type Choice<Value extends string> = { value: Value; name: string; count: number }

type SelectProps<Value extends string> = {
  label: string
  chosen: Value | undefined
  options: readonly Choice<Value>[]
  onChoose: (value: Value | undefined) => void
}

/** One choice that narrows the list; its own name stands for no choice. */
function FilterSelect<Value extends string>({ label, chosen, options, onChoose }: SelectProps<Value>) {
  return (
    <span class={`chip chip-select ${chosen === undefined ? '' : 'chosen'}`}>
      <select aria-label={label} onChange={(event) => onChoose(options[event.currentTarget.selectedIndex - 1]?.value)}>
        <option value="" selected={chosen === undefined}>
          {label}
        </option>
        {options.map(({ value, name, count }) => (
          <option key={value} value={value} selected={value === chosen}>
            {m.queue_filter_option({ name, count })}
          </option>
        ))}
      </select>
    </span>
  )
}
