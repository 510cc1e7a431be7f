import { type ReadonlySignal, signal } from '@preact/signals'
import { Dexie, type EntityTable } from 'dexie'
import type { TechnicianId } from '../../protocol/ids.ts'
import type { MediaId } from '../../protocol/media.ts'
import { disk } from '../storage/disk.ts'
import type { MediaItem } from './media-item.ts'

/** Which pictures and films one technician has in this browser. */
export type MediaIndex = {
  readonly items: ReadonlySignal<ReadonlyMap<MediaId, MediaItem>>
  /** Once what the disk has is read, or it does not answer. */
  readonly loaded: Promise<void>
  /** What a full disk does not take is tried again. Never rejects. */
  put(item: MediaItem): Promise<void>
  remove(id: MediaId): Promise<void>
}

export function openMediaIndex(technician: TechnicianId, until: AbortSignal): MediaIndex {
  const database = new Dexie('deskside-media') as Dexie & { items: EntityTable<MediaItem, 'id'> }
  database.version(1).stores({ items: 'id, technician' })
  until.addEventListener('abort', () => database.close(), { once: true })
  const items = signal<ReadonlyMap<MediaId, MediaItem>>(new Map())
  const removed = new Set<MediaId>()
  const loaded = database.items
    .where('technician')
    .equals(technician)
    .toArray()
    .then(
      (rows) => {
        const wanted = rows.filter(({ id }) => !removed.has(id))
        // What was put meanwhile is newer.
        items.value = new Map([...wanted.map((item) => [item.id, item] as const), ...items.peek()])
      },
      () => {},
    )

  return {
    items,
    loaded,
    async put(item) {
      items.value = new Map(items.peek()).set(item.id, item)
      await disk.keep(nameOf(item.id), 'media', () => database.items.put(item)).catch(() => {})
    },
    async remove(id) {
      removed.add(id)
      disk.forget(nameOf(id))
      const left = new Map(items.peek())
      if (left.delete(id)) items.value = left
      await database.items.delete(id).catch(() => {})
    },
  }
}

const nameOf = (id: MediaId) => `media of ${id}`
