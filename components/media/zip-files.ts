import type { MediaItem } from '../../desk/media/media-item.ts'

export type NamedMedia = { name: string; item: MediaItem }

/** What a ZIP takes: each file is read when the ZIP has come to it, and one whose bytes are gone is left out. */
export async function* zipFiles(
  files: Iterable<NamedMedia>,
  read: (id: MediaItem['id']) => Promise<Blob | undefined>,
  onTaken: () => void,
  signal?: AbortSignal,
) {
  for (const { name, item } of files) {
    signal?.throwIfAborted()
    const input = await read(item.id)
    if (!input) continue
    yield { name, lastModified: new Date(item.at), input }
    onTaken()
  }
}
