import './media.css'
import { Camera } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { Sought } from '../../desk/media/lending/whereabouts.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import { m } from '../../paraglide/messages.js'
import type { MediaId } from '../../protocol/media.ts'
import { useWorkplace } from '../desk/context.ts'
import { DownloadImages } from './download-images.tsx'
import { FetchAll } from './fetch-all.tsx'
import { MediaCard } from './media-card.tsx'
import { DeletedMeanwhile } from './media-elsewhere.tsx'
import { MediaView } from './media-view.tsx'
import { UploadHindrance } from './upload-status.tsx'

/** The pictures and films of a ticket, the newest first. */
export function MediaTab({ entry }: { entry: QueueEntry }) {
  const { people } = useWorkplace().desk
  if (!mayOpenCase(entry.header, people.looker.value)) return <p class="media-empty field-hint">{m.media_closed()}</p>
  return <OpenMedia entry={entry} />
}

function OpenMedia({ entry }: { entry: QueueEntry }) {
  const { desk } = useWorkplace()
  const [viewed, view] = useState<MediaId>()
  const { id: ticket, group } = entry.header
  const of = { ticket, group }
  const list = desk.sessions.history(ticket, group).media.list.value
  useEffect(() => {
    const life = new AbortController()
    desk.lending.watch({ ticket, group }, life.signal)
    return () => life.abort()
  }, [desk, ticket, group])
  const shown = list.toReversed()
  const open = shown.find(({ id }) => id === viewed)
  return (
    <section class="media" aria-label={m.media_label()}>
      <DownloadImages entry={entry} listed={list} />
      <UploadHindrance />
      <FetchAll of={of} listed={list} />
      <DeletedMeanwhile of={of} shown={list} />
      {shown.length === 0 ? <EmptyMedia /> : <MediaList of={of} shown={shown} onView={view} />}
      {open && <MediaView entry={entry} listed={open} onClose={() => view(undefined)} />}
    </section>
  )
}

type ListProps = { of: Sought; shown: readonly ListedMedia[]; onView: (id: MediaId) => void }

function MediaList({ of, shown, onView }: ListProps) {
  return (
    <ul class="media-list">
      {shown.map((listed) => (
        <li key={listed.id}>
          <MediaCard of={of} listed={listed} onView={() => onView(listed.id)} />
        </li>
      ))}
    </ul>
  )
}

function EmptyMedia() {
  return (
    <div class="media-empty">
      <Camera aria-hidden="true" />
      <p>{m.media_empty()}</p>
      <p class="field-hint">{m.media_empty_text()}</p>
    </div>
  )
}
