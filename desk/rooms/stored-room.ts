import type { RoomName } from '../../protocol/rooms.ts'

/** A room's document on this browser's disk, in the shape in which y-indexeddb keeps it. */

const UPDATES = 'updates'
const CUSTOM = 'custom'

/** The updates that the document is made of; undefined where this browser has none. @throws DOMException */
export async function readStoredRoom(name: RoomName): Promise<Uint8Array[] | undefined> {
  const database = await openDatabase(name, 'as-it-is')
  if (!database) return undefined
  try {
    return await settled(database.transaction(UPDATES).objectStore(UPDATES).getAll())
  } finally {
    database.close()
  }
}

/** Adds to a document that is not open here. @throws DOMException */
export async function addToStoredRoom(name: RoomName, update: Uint8Array): Promise<void> {
  const database = await openDatabase(name, 'made')
  if (!database) return
  try {
    await addUpdates(database, [update])
  } finally {
    database.close()
  }
}

/** Who has it open lets go of it by itself. @throws DOMException */
export async function deleteStoredRoom(name: RoomName): Promise<void> {
  await settled(indexedDB.deleteDatabase(name))
}

/** Resolves once they are on the disk. @throws DOMException */
export function addUpdates(database: IDBDatabase, updates: readonly Uint8Array[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(UPDATES, 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onabort = (event) => {
      // What the database hears is about the writes of others.
      event.stopPropagation()
      reject(transaction.error ?? new DOMException('the write was given up', 'AbortError'))
    }
    const store = transaction.objectStore(UPDATES)
    for (const update of updates) store.add(update)
    // Not only after its answers have come: the tab may be closed at any moment.
    transaction.commit()
  })
}

/** @param missing what becomes of one that is not there */
async function openDatabase(name: RoomName, missing: 'made' | 'as-it-is'): Promise<IDBDatabase | undefined> {
  const opening = indexedDB.open(name)
  let absent = false
  opening.onupgradeneeded = () => {
    if (missing === 'made') {
      opening.result.createObjectStore(UPDATES, { autoIncrement: true })
      opening.result.createObjectStore(CUSTOM)
      return
    }
    absent = true
    opening.transaction?.abort()
  }
  try {
    return await settled(opening)
  } catch (error) {
    if (absent) return undefined
    throw error
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
