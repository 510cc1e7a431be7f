import type { ListedMedia } from '../../desk/case/case-media.ts'
import type { MediaItem } from '../../desk/media/media-item.ts'
import { m } from '../../paraglide/messages.js'
import { elapsedWords } from '../ui/elapsed.tsx'
import { formatLocale } from '../ui/locale.ts'
import { endingOf, mediaFileName } from './file-name.ts'

/** `Image 3` */
export function mediaName({ kind, number }: Pick<ListedMedia, 'kind' | 'number'>): string {
  switch (kind) {
    case 'snapshot':
      return m.media_image({ number })
    case 'recording':
      return m.media_film({ number })
    case 'picture':
      return m.media_picture({ number })
  }
}

/** `1280 × 720`, and how long a film is. */
export function mediaSize({ width, height, durationMs }: ListedMedia): string {
  const size = `${width} × ${height}`
  return durationMs === undefined ? size : `${elapsedWords(durationMs)} · ${size}`
}

export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString(formatLocale(), { hour: '2-digit', minute: '2-digit' })
}

/** Under which it is downloaded. */
export function downloadName(item: Pick<MediaItem, 'kind' | 'number' | 'at' | 'type'>, customer: string): string {
  return mediaFileName(customer, item.at, mediaName(item).toLowerCase(), endingOf(item.type))
}
