import './queue.css'
import { Plus } from 'lucide-preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { countQueue, matches } from '../../desk/queue/filter.ts'
import { foundInCase } from '../../desk/queue/found-in-case.ts'
import { orderByDue } from '../../desk/queue/order.ts'
import { mayHandle } from '../../desk/queue/rights.ts'
import { prepareSearch, searchQueue } from '../../desk/queue/search-queue.ts'
import { isPressing } from '../../desk/queue/service-level.ts'
import { columnsShown } from '../../desk/queue/view.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { Button } from '../ui/button.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { useSelection } from '../ui/selection.ts'
import { useClaim, useMayClaim } from './claim.ts'
import { CreateDialog } from './create-dialog.tsx'
import { FilterBar } from './filter-bar.tsx'
import { NewsNotices } from './news-notice.tsx'
import { QueueBoard } from './queue-board.tsx'
import { QueueEmpty } from './queue-empty.tsx'
import { QueueTable } from './queue-table.tsx'
import { useSearchContext } from './search-context.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useServiceLevels } from './service-levels.ts'
import { type TicketDeed, TicketDialog } from './ticket-dialog.tsx'
import { TicketLeft } from './ticket-left.tsx'
import { TICKET_HEADING, TicketPane } from './ticket-pane.tsx'
import { queueView, useQueueFilter } from './view-state.ts'

const idOf = ({ header }: QueueEntry): string => header.id

/** The service queue: who waits, who is in session, who has not come yet; one ticket beside it. */
export function QueuePage({ selected }: { selected: string | undefined }) {
  const { tickets, people, me } = useWorkplace().desk
  const [, navigate] = useLocation()
  const [search, setSearch] = useState('')
  const [draft, setDraft] = useState<QueueEntry['details'] | 'blank'>()
  const [deed, setDeed] = useState<{ deed: TicketDeed; entry: QueueEntry }>()
  const [cursor, setCursor] = useState(selected)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const claim = useClaim()
  const mayClaim = useMayClaim()
  const filter = useQueueFilter()
  const view = queueView.value
  const looker = people.looker.value
  const all = tickets.queue.value
  const { promised, levelOf } = useServiceLevels()
  const look = useMemo(
    () => ({ me: me.id, isPressing: (one: QueueEntry) => isPressing(levelOf(one)) }),
    [me.id, levelOf],
  )
  const isByDue = view.order === 'due' && promised
  const inOrder = useMemo(() => (isByDue ? orderByDue(all, levelOf) : all), [all, isByDue, levelOf])
  const counts = useMemo(() => countQueue(all, filter, look), [all, filter, look])
  const filtered = useMemo(() => inOrder.filter((entry) => matches(entry, filter, look)), [inOrder, filter, look])
  const context = useSearchContext(all)
  const shown = useMemo(() => searchQueue(filtered, search, context), [filtered, search, context])
  const selection = useSelection({ view: 'queue', items: all, shown, keyOf: idOf })
  const entry = selected === undefined ? undefined : tickets.find(selected)
  const current = entry ?? shown.find(({ header }) => header.id === cursor)
  useTitle(m.desk_queue())

  useEffect(() => {
    const ready = requestIdleCallback(() => prepareSearch(filtered, context))
    return () => cancelIdleCallback(ready)
  }, [filtered, context])

  const focusList = () => list.current?.querySelector<HTMLElement>('.queue-grid, .queue-board a')?.focus()

  function open(id: string, byKeyboard: boolean) {
    setCursor(id)
    navigate(`/ticket/${id}`)
    // Pressed by keyboard: one wants to get there, not only to look.
    if (byKeyboard) setTimeout(() => document.getElementById(TICKET_HEADING)?.focus())
  }

  /** The pane follows, where there is one. */
  function moveTo(id: string) {
    setCursor(id)
    if (selected !== undefined) navigate(`/ticket/${id}`, { replace: true })
  }

  function move(by: 1 | -1) {
    const at = shown.findIndex(({ header }) => header.id === (cursor ?? selected))
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by]
    if (next) moveTo(next.header.id)
    focusList()
  }

  function begin(what: TicketDeed) {
    if (current?.details && mayHandle(current.header, looker)) setDeed({ deed: what, entry: current })
  }

  useShortcuts({
    c: () => setDraft('blank'),
    a: () => current && mayClaim(current) && void claim(current),
    e: () => begin('edit'),
    r: () => begin('resolve'),
    x: () => current && selection.toggle(current.header.id),
    '/': () => field.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => {
      if (selection.items.length > 0) selection.clear()
      else if (selected !== undefined && list.current?.contains(document.activeElement)) navigate('/')
      focusList()
    },
  })

  const foundIn = (one: QueueEntry) => foundInCase(one, search, context)
  const props = {
    shown,
    foundIn,
    levelOf,
    selected,
    cursor: cursor ?? selected,
    selection,
    onCursor: moveTo,
    onOpen: open,
  }
  return (
    <main class={`queue ${selected === undefined ? '' : 'with-ticket'}`}>
      <div class="queue-main">
        <header class="queue-head">
          <h1>{m.desk_queue()}</h1>
          <SearchField
            label={m.queue_search()}
            placeholder={m.queue_search_placeholder()}
            value={search}
            onValue={setSearch}
            onDown={() => move(1)}
            field={field}
          />
          <Button kind="primary" shortcut="c" onClick={() => setDraft('blank')}>
            <Plus aria-hidden="true" />
            {m.queue_create()}
          </Button>
        </header>
        {all.length > 0 && <FilterBar counts={counts} promised={promised} />}
        <NewsNotices />
        <SelectionBar selection={selection} onFinished={focusList} />
        <div class="queue-list" ref={list}>
          {all.length === 0 && tickets.known.value && <QueueEmpty />}
          {all.length > 0 && shown.length === 0 && (
            <p class="queue-nothing" role="status">
              {search ? m.queue_search_nothing({ search }) : m.queue_filter_nothing()}
            </p>
          )}
          {shown.length > 0 &&
            (view.layout === 'board' ? (
              <QueueBoard {...props} />
            ) : (
              <QueueTable {...props} columns={columnsShown(view, promised)} />
            ))}
        </div>
      </div>
      {entry && (
        <TicketPane
          key={entry.header.id}
          entry={entry}
          level={levelOf(entry)}
          onDeed={(what) => setDeed({ deed: what, entry })}
          onSuccessor={() => setDraft(entry.details ?? 'blank')}
        />
      )}
      {selected !== undefined && !entry && tickets.known.value && <TicketLeft />}
      {deed && (
        <TicketDialog
          deed={deed.deed}
          entries={[deed.entry]}
          onDone={() => setDeed(undefined)}
          onClose={() => setDeed(undefined)}
        />
      )}
      {draft && (
        <CreateDialog
          draft={draft === 'blank' ? undefined : draft}
          onCreated={(id) => open(id, false)}
          onClose={() => setDraft(undefined)}
        />
      )}
    </main>
  )
}
