import type { ComponentChildren } from 'preact'
import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { Kept } from '../../desk/media/keeping.ts'
import { m } from '../../paraglide/messages.js'
import { useWorkplace } from '../desk/context.ts'
import { unitWords } from '../ui/span-words.ts'

/** Whether it is kept no longer, in no browser and not on the server. */
export function isOver({ at }: Pick<ListedMedia, 'at'>, kept: Kept | undefined): boolean {
  return kept !== undefined && at < kept.from
}

/** One picture or film that was there, in its place. */
export function MediaOver({ words }: { words: ComponentChildren }) {
  const { mediaKept } = useWorkplace().desk
  return (
    <div class="media-card media-elsewhere">
      <span class="media-thumbnail">{m.media_over()}</span>
      {words}
      <p class="field-hint">{m.media_over_text({ time: unitWords(mediaKept.value?.days ?? 0, 'day') })}</p>
    </div>
  )
}
