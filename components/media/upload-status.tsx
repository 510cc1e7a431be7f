import type { MediaItem } from '../../desk/media/media-item.ts'
import { m } from '../../paraglide/messages.js'
import { MAX_TICKET_MEDIA } from '../../protocol/limits.ts'
import { useWorkplace } from '../desk/context.ts'
import { bytesWords } from '../ui/bytes.ts'
import { formatLocale } from '../ui/locale.ts'

/** How it stands with this browser's images and recordings on their way to the server, where the admins want them there. */
export function UploadStatus() {
  const { uploads } = useWorkplace().desk.lending
  if (!uploads.store.latest.value?.on) return null
  const left = uploads.tooMany.value
  return (
    <>
      <UploadProgress />
      {left > 0 && (
        <p role="status">
          {m.media_upload_many({
            most: MAX_TICKET_MEDIA.toLocaleString(formatLocale()),
            left: left.toLocaleString(formatLocale()),
          })}
        </p>
      )}
    </>
  )
}

function UploadProgress() {
  const { media, lending } = useWorkplace().desk
  const { uploads } = lending
  const state = uploads.state.value
  switch (state.kind) {
    case 'idle':
      return uploads.tooMany.value === 0 && anyMade(media.items.value.values()) ? (
        <p role="status">{m.media_upload_idle()}</p>
      ) : null
    case 'running':
      return (
        <p role="status" class="figures">
          {m.media_upload_running({ left: state.left, done: bytesWords(state.done), size: bytesWords(state.bytes) })}
        </p>
      )
    case 'refused':
      return <UploadHindrance />
  }
}

/** That the server does not take what was made here, where that is so. */
export function UploadHindrance() {
  const state = useWorkplace().desk.lending.uploads.state.value
  if (state.kind !== 'refused') return null
  const { left, refusal } = state
  return (
    <p role="status">{refusal.code === 'quota' ? m.media_upload_full({ left }) : m.media_upload_refused({ left })}</p>
  )
}

const anyMade = (items: Iterable<MediaItem>) => [...items].some(({ maker }) => maker === undefined)
