import { X } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import type { MediaItem } from '../../desk/media/media-item.ts'
import { m } from '../../paraglide/messages.js'
import { Button } from '../ui/button.tsx'
import { useMediaUrl } from './media-url.ts'
import { mediaName } from './media-words.ts'

/** It goes by itself, in ms: nothing needs to be done. */
const SHOWN_MS = 8000

type Props = { item: MediaItem; onOpen: () => void; onGone: () => void }

/** Says calmly that a snapshot is kept. */
export function SnapshotToast({ item, onOpen, onGone }: Props) {
  const read = useMediaUrl(item.id)
  const name = mediaName(item)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each snapshot is shown as long
  useEffect(() => {
    const timer = setTimeout(onGone, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [item.id])
  return (
    <div class="media-toast">
      {read.kind === 'read' && <img src={read.url} alt="" />}
      <p role="status">{m.media_kept({ name })}</p>
      <Button onClick={onOpen}>{m.media_open()}</Button>
      <Button kind="quiet" aria-label={m.desk_dismiss()} onClick={onGone}>
        <X aria-hidden="true" />
      </Button>
    </div>
  )
}
