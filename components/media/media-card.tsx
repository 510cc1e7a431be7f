import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { Sought } from '../../desk/media/lending/whereabouts.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { bytesWords } from '../ui/bytes.ts'
import { formatLocale } from '../ui/locale.ts'
import { MediaElsewhere, useHolder } from './media-elsewhere.tsx'
import { isOver, MediaOver } from './media-over.tsx'
import { useMediaUrl } from './media-url.ts'
import { mediaName, mediaSize, timeOfDay } from './media-words.ts'

type Props = { of: Sought; listed: ListedMedia; onView: () => void }

/** One picture or film of a ticket: what it shows where its bytes are here, or else who has it. */
export function MediaCard({ of, listed, onView }: Props) {
  const { media, mediaKept } = useWorkplace().desk
  const item = media.items.value.get(listed.id)
  const words = <Words listed={listed} item={item} />
  if (!item && isOver(listed, mediaKept.value)) return <MediaOver words={words} />
  if (!item) return <MediaElsewhere of={of} listed={listed} words={words} />
  return (
    <button type="button" class="media-card" onClick={onView} aria-label={m.media_view({ name: mediaName(listed) })}>
      <Thumbnail item={item} />
      {words}
    </button>
  )
}

function Words({ listed, item }: { listed: ListedMedia; item: MediaItem | undefined }) {
  const { own, name } = useHolder(listed)
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
      {item?.maker !== undefined && (
        <span class="media-figures">{own ? m.media_fetched_own() : m.media_fetched({ name })}</span>
      )}
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
