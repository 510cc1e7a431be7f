import { isDiskFull } from '../storage/disk.ts'
import { type Media, rawName } from './media.ts'
import type { Finished } from './media-bytes.ts'
import type { MediaItem } from './media-item.ts'

export type Outcome = { kind: 'kept'; item: MediaItem } | { kind: 'unfinished'; full: boolean } | { kind: 'empty' }

/** Between tries to read what a tab that is just closing still holds, in ms. */
const AGAIN_MS = 500
const TRIES = 6

/** Makes a film of the packets of a recording, and keeps it under its ticket. The packets go once the film is there. Never rejects. */
export async function keepFilm(media: Media, item: MediaItem, until: AbortSignal): Promise<Outcome> {
  const raw = rawName(item.id)
  try {
    if (!(await readable(media, raw))) {
      await media.remove(item)
      return { kind: 'empty' }
    }
    const film = await finished(media, raw, item, until)
    const kept: MediaItem = {
      ...item,
      bytes: film.bytes,
      width: film.width,
      height: film.height,
      state: { kind: 'film', durationMs: film.durationMs },
    }
    await media.index.put(kept)
    media.list(kept)
    await media.bytes.remove(raw).catch(() => {})
    return { kind: 'kept', item: kept }
  } catch (cause) {
    // The pieces stay; what was made of them so far takes room.
    await media.bytes.remove(item.id).catch(() => {})
    return { kind: 'unfinished', full: isDiskFull(cause) }
  }
}

/** What is left where the browser went between the film and its packets: word of it in the case, and the packets' room. */
export async function tidyFilm(
  { bytes, list }: { bytes: Pick<Media['bytes'], 'read' | 'remove'>; list: Media['list'] },
  item: MediaItem,
): Promise<void> {
  const raw = rawName(item.id)
  if ((await bytes.read(raw)) === undefined) return
  list(item)
  await bytes.remove(raw)
}

async function readable(media: Media, raw: string): Promise<boolean> {
  const log = await media.bytes.read(raw)
  return log !== undefined && log.size > 0
}

async function finished(media: Media, raw: string, item: MediaItem, until: AbortSignal): Promise<Finished> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await media.bytes.finish(raw, item.id)
    } catch (cause) {
      if (tries >= TRIES || !(cause instanceof Error) || cause.name !== 'NoModificationAllowedError') throw cause
      await new Promise((again) => setTimeout(again, AGAIN_MS))
      until.throwIfAborted()
    }
  }
}
