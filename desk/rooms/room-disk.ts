import { IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState } from 'y-indexeddb'
import * as Y from 'yjs'
import type { RoomName } from '../../protocol/rooms.ts'
import type { Disk } from '../storage/disk.ts'
import { addUpdates } from './stored-room.ts'

/** Of updates that are together, and the empty one that y-indexeddb adds each time that it opens them. */
const PUT_TOGETHER = 2

/** So long after the last of many writes they are put together, in ms. */
const TRIM_MS = 1000

export type RoomDisk = {
  /** Once what the disk has is in the document; also where there is no room for even an empty database. */
  readonly loaded: Promise<void>
  /** Nothing stays on the disk of what is not in the document any more. */
  tidy(): void
}

/**
 * Keeps a document on this browser's disk, until the signal. y-indexeddb reads it and puts its updates together; it does not
 * look whether a write succeeded, so the writing is done here: what the disk does not take is tried again, and said.
 */
export function openRoomDisk(
  name: RoomName,
  document: Y.Doc,
  disk: Pick<Disk, 'keep' | 'forget' | 'wrote'>,
  until: AbortSignal,
): RoomDisk {
  const id = `room ${name}`
  let waiting: Uint8Array[] = []
  let opening: Promise<IndexeddbPersistence> | undefined
  let untrimmed = 0
  let trimming: ReturnType<typeof setTimeout> | undefined

  document.on('update', written)
  until.addEventListener('abort', close, { once: true })
  const loaded = disk
    .keep(id, 'documents', opened)
    .catch(() => {})
    .then(() => {
      if (waiting.length > 0) write()
    })
  return { loaded, tidy }

  function opened(): Promise<IndexeddbPersistence> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  async function open(): Promise<IndexeddbPersistence> {
    const persistence = new IndexeddbPersistence(name, document)
    // It would write each update once more, and not notice where that failed.
    document.off('update', persistence._storeUpdate)
    const database = await persistence._db
    // Its own writes, at the start and when it puts updates together: where one fails, nobody knows what is missing.
    database.addEventListener('abort', () => {
      waiting = [Y.encodeStateAsUpdate(document)]
      write()
    })
    // The browser takes a database away when somebody clears its data.
    database.addEventListener('close', () => {
      opening = undefined
    })
    await persistence.whenSynced
    return persistence
  }

  function written(update: Uint8Array, origin: unknown) {
    if (origin instanceof IndexeddbPersistence) return
    waiting.push(update)
    write()
  }

  function write() {
    if (!until.aborted) void disk.keep(id, 'documents', store).catch(() => {})
  }

  async function store() {
    const persistence = await opened()
    const batch = waiting
    if (!persistence.db || batch.length === 0) return
    waiting = []
    try {
      await addUpdates(persistence.db, batch)
    } catch (error) {
      waiting = [...batch, ...waiting]
      throw error
    }
    disk.wrote(batch.reduce((sum, { byteLength }) => sum + byteLength, 0))
    untrimmed += batch.length
    if (untrimmed >= PREFERRED_TRIM_SIZE) tidy()
  }

  function tidy() {
    clearTimeout(trimming)
    trimming = setTimeout(() => {
      // What is being written would be behind it.
      if (waiting.length > 0) return tidy()
      const written = untrimmed
      untrimmed = 0
      void opened()
        .then(async (persistence) => {
          if (persistence._dbsize + written > PUT_TOGETHER) await storeState(persistence)
        })
        .catch(() => {})
    }, TRIM_MS)
  }

  function close() {
    clearTimeout(trimming)
    document.off('update', written)
    disk.forget(id)
    // What is being written comes to its end first.
    void Promise.resolve(opening)
      .then((persistence) => persistence?.destroy())
      .catch(() => {})
      .then(() => document.destroy())
  }
}
