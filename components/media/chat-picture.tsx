import { useState } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import type { MediaId } from '../../protocol/media.ts'
import { useWorkplace } from '../desk/context.ts'
import { useMediaUrl } from './media-url.ts'
import { MediaView } from './media-view.tsx'
import { mediaName } from './media-words.ts'

/** A picture in a ticket's chat, where this browser has it; a press shows it large. */
export function ChatPicture({ entry, media: id }: { entry: QueueEntry; media: MediaId }) {
  const { media } = useWorkplace().desk
  return media.items.value.has(id) ? <Here entry={entry} id={id} /> : <em>{m.media_chat_elsewhere()}</em>
}

function Here({ entry, id }: { entry: QueueEntry; id: MediaId }) {
  const { sessions } = useWorkplace().desk
  const [open, setOpen] = useState(false)
  const read = useMediaUrl(id)
  const { header } = entry
  const listed = sessions.history(header.id, header.group).media.list.value.find((one) => one.id === id)
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
