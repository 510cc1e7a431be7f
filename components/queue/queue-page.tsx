import './queue.css'
import { Plus } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { groupQueue, type QueueEntry, searchQueue } from '../../desk/queue.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useShortcuts } from '../desk/shortcuts.ts'
import { useTitle } from '../desk/title.ts'
import { Button } from '../ui/button.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { CreateDialog } from './create-dialog.tsx'
import { QueueEmpty } from './queue-empty.tsx'
import { QueueList } from './queue-list.tsx'
import { TicketPane } from './ticket-pane.tsx'

/** The service queue: who waits, who is in session, who has not come yet; one ticket beside it. */
export function QueuePage({ selected }: { selected: string | undefined }) {
  const { tickets } = useWorkplace().desk
  const [, navigate] = useLocation()
  const [search, setSearch] = useState('')
  const [draft, setDraft] = useState<QueueEntry['details'] | 'blank'>()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const all = tickets.entries.value
  const groups = groupQueue(searchQueue(all, search))
  const shown = groups.flatMap(({ entries }) => entries)
  const entry = all.find(({ header }) => header.id === selected)
  useTitle(m.desk_queue())

  function move(by: 1 | -1) {
    const at = shown.findIndex(({ header }) => header.id === selected)
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by]
    if (!next) return
    navigate(`/ticket/${next.header.id}`, { replace: true })
    list.current?.querySelector<HTMLElement>(`[data-ticket="${next.header.id}"]`)?.focus()
  }

  useShortcuts({
    c: () => setDraft('blank'),
    '/': () => field.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => list.current?.querySelector<HTMLElement>(`[data-ticket="${selected}"]`)?.focus(),
  })

  return (
    <main class={`queue ${entry ? 'with-ticket' : ''}`}>
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
        <div class="queue-scroll" ref={list}>
          {all.length === 0 && tickets.known.value && <QueueEmpty />}
          {all.length > 0 && shown.length === 0 && <p class="queue-nothing">{m.queue_search_nothing({ search })}</p>}
          <QueueList groups={groups} selected={selected} />
        </div>
      </div>
      {entry && (
        <TicketPane key={entry.header.id} entry={entry} onSuccessor={() => setDraft(entry.details ?? 'blank')} />
      )}
      {draft && (
        <CreateDialog
          draft={draft === 'blank' ? undefined : draft}
          onCreated={(id) => navigate(`/ticket/${id}`)}
          onClose={() => setDraft(undefined)}
        />
      )}
    </main>
  )
}
