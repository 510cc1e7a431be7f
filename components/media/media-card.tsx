import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { useNames } from '../queue/names.ts'
import { bytesWords } from '../ui/bytes.ts'
import { formatLocale } from '../ui/locale.ts'
import { useMediaUrl } from './media-url.ts'
import { mediaName, mediaSize, timeOfDay } from './media-words.ts'

type Props = { listed: ListedMedia; onView: () => void }

/** One picture or film of a ticket: what it shows where its bytes are here, or else who has it. */
export function MediaCard({ listed, onView }: Props) {
  const { media, me } = useWorkplace().desk
  const names = useNames()
  const item = media.items.value.get(listed.id)
  const words = <Words listed={listed} />
  if (!item) {
    return (
      <div class="media-card media-elsewhere">
        <span class="media-thumbnail">
          {listed.by === me.id ? m.media_other_browser() : m.media_elsewhere({ name: names.technician(listed.by) })}
        </span>
        {words}
      </div>
    )
  }
  return (
    <button type="button" class="media-card" onClick={onView} aria-label={m.media_view({ name: mediaName(listed) })}>
      <Thumbnail item={item} />
      {words}
    </button>
  )
}

function Words({ listed }: { listed: ListedMedia }) {
  return (
    <span class="media-words">
      <strong>{mediaName(listed)}</strong>{' '}
      <time
        class="figures"
        dateTime={new Date(listed.at).toISOString()}
        title={new Date(listed.at).toLocaleString(formatLocale())}
      >
        {timeOfDay(listed.at)}
      </time>
      <span class="media-figures figures">
        {mediaSize(listed)} · {bytesWords(listed.bytes)}
      </span>
    </span>
  )
}

function Thumbnail({ item }: { item: MediaItem }) {
  const read = useMediaUrl(item.id)
  if (read.kind === 'reading') return <span class="media-thumbnail" />
  if (read.kind === 'gone') return <span class="media-thumbnail">{m.media_gone()}</span>
  return (
    <span class="media-thumbnail">
      {item.state.kind === 'film' ? (
        <video src={read.url} preload="metadata" muted aria-hidden="true" tabIndex={-1} />
      ) : (
        <img src={read.url} alt="" />
      )}
    </span>
  )
}
