import { useState } from 'preact/hooks'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { m } from '../../paraglide/messages.js'
import { announce } from '../desk/announce.tsx'
import { useWorkplace } from '../desk/context.ts'
import { customerName } from '../queue/customer-name.ts'
import { Button } from '../ui/button.tsx'
import { bytesWords } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { saveFile } from '../ui/save-file.ts'
import { type MediaUrl, useMediaUrl } from './media-url.ts'
import { downloadName, mediaName, mediaSize, timeOfDay } from './media-words.ts'

type Props = { entry: QueueEntry; listed: ListedMedia; onClose: () => void }

/** One picture or film, large, and what can be done with it. */
export function MediaView({ entry, listed, onClose }: Props) {
  const item = useWorkplace().desk.media.items.value.get(listed.id)
  if (!item) return null
  return (
    <Dialog title={`${mediaName(listed)} · ${timeOfDay(listed.at)}`} onClose={onClose} wide>
      <Open item={item} listed={listed} entry={entry} onClose={onClose} />
    </Dialog>
  )
}

function Open({ item, listed, entry, onClose }: Props & { item: MediaItem }) {
  const { media } = useWorkplace().desk
  const [deleting, setDeleting] = useState(false)
  const read = useMediaUrl(item.id)
  const name = mediaName(listed)

  async function remove() {
    await media.remove(item)
    onClose()
  }

  if (deleting) {
    return (
      <>
        <p>{item.maker === undefined ? m.media_delete_text({ name }) : m.media_delete_copy({ name })}</p>
        <div class="dialog-actions">
          <Button onClick={() => setDeleting(false)}>{m.desk_cancel()}</Button>
          <Button kind="stop" onClick={() => void remove()}>
            {m.media_delete()}
          </Button>
        </div>
      </>
    )
  }
  return (
    <>
      <Large read={read} film={item.state.kind === 'film'} name={name} />
      <p class="field-hint figures">
        {mediaSize(listed)} · {bytesWords(listed.bytes)}
      </p>
      <div class="dialog-actions">
        <Button kind="quiet" onClick={() => setDeleting(true)}>
          {m.media_delete()}
        </Button>
        <Button
          aria-disabled={read.kind !== 'read'}
          onClick={() => read.kind === 'read' && saveFile(downloadName(item, customerName(entry.details)), read.blob)}
        >
          {m.media_download()}
        </Button>
        {item.state.kind === 'kept' && <SendButton item={item} entry={entry} onSent={onClose} />}
        <Button onClick={onClose}>{m.desk_close()}</Button>
      </div>
    </>
  )
}

/** Into the chat, for whoever attends this customer. */
function SendButton({ item, entry, onSent }: { item: MediaItem; entry: QueueEntry; onSent: () => void }) {
  const attendance = useWorkplace().desk.sessions.of(entry.header.id)
  if (!attendance) return null
  return (
    <Button
      kind="primary"
      onClick={() => {
        attendance.pictures.send(item)
        announce(m.media_sent())
        onSent()
      }}
    >
      {m.media_send({ name: customerName(entry.details) })}
    </Button>
  )
}

function Large({ read, film, name }: { read: MediaUrl; film: boolean; name: string }) {
  if (read.kind === 'reading') return <p role="status">{m.media_reading()}</p>
  if (read.kind === 'gone') return <p role="alert">{m.media_gone_text()}</p>
  // biome-ignore lint/a11y/useMediaCaption: what a customer showed has no captions
  if (film) return <video class="media-large" src={read.url} controls aria-label={name} />
  return <img class="media-large" src={read.url} alt={name} />
}
