import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import type { MediaId } from '../../protocol/media.ts'
import { useWorkplace } from '../desk/context.ts'
import { unitWords } from '../ui/span-words.ts'
import { isOver } from './media-over.tsx'
import { useMediaUrl } from './media-url.ts'
import { MediaView } from './media-view.tsx'
import { mediaName } from './media-words.ts'

/** A picture in a ticket's chat, where this browser has it; a press shows it large. */
export function ChatPicture({ entry, media: id }: { entry: QueueEntry; media: MediaId }) {
  const { media } = useWorkplace().desk
  return media.items.value.has(id) ? <Here entry={entry} id={id} /> : <NotHere entry={entry} id={id} />
}

function NotHere({ entry, id }: { entry: QueueEntry; id: MediaId }) {
  const { mediaKept } = useWorkplace().desk
  const listed = useListed(entry, id)
  const kept = mediaKept.value
  if (!kept || !listed || !isOver(listed, kept)) return <em>{m.media_chat_elsewhere()}</em>
  return <em>{m.media_chat_over({ time: unitWords(kept.days, 'day') })}</em>
}

function useListed({ header }: QueueEntry, id: MediaId) {
  const { sessions } = useWorkplace().desk
  return sessions.history(header.id, header.group).media.list.value.find((one) => one.id === id)
}

function Here({ entry, id }: { entry: QueueEntry; id: MediaId }) {
  const [open, setOpen] = useState(false)
  const read = useMediaUrl(id)
  const listed = useListed(entry, id)
  if (read.kind === 'gone') return <em>{m.media_gone()}</em>
  if (read.kind === 'reading' || !listed) return <em>{m.media_reading()}</em>
  const name = mediaName(listed)
  return (
    <>
      <button type="button" class="chat-picture" aria-label={m.media_view({ name })} onClick={() => setOpen(true)}>
        <img src={read.url} alt="" />
      </button>
      {open && <MediaView entry={entry} listed={listed} onClose={() => setOpen(false)} />}
    </>
  )
}
