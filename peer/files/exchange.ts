import type { TransferId } from '../../protocol/files.ts'
import type { Role } from '../../protocol/ids.ts'
import { randomId } from '../random-id.ts'
import { folderSink } from './folder-sink.ts'
import type { FileLimits } from './limits.ts'
import { MAX_IN_MEMORY, memoryPlace } from './memory-place.ts'
import { clearOldPlaces, openOpfsPlace, type Place } from './opfs-sink.ts'
import { createTransfers, type Transfers } from './transfers.ts'

/** The transfers of one side with the places where what comes is put. */
export type FileExchange = Pick<
  Transfers,
  'list' | 'send' | 'expect' | 'refuse' | 'obey' | 'pause' | 'cancel' | 'cancelAll' | 'unlink' | 'onChange' | 'attach'
> & {
  /** The person's yes. Without a folder of the person's choice the files wait on the browser's own disk to be saved. */
  accept(id: TransferId, folder?: FileSystemDirectoryHandle): Promise<void>
  /** What of a transfer waits to be saved; undefined where nothing does, as it went to a folder. */
  kept(id: TransferId): Pick<Place, 'kept' | 'folders'> | undefined
  /** Puts something made of what waits onto the same disk, once: a browser may still copy it. @throws Error where nothing waits */
  spool(id: TransferId, name: string, make: () => ReadableStream<Uint8Array>): Promise<File>
  /** The person has it. */
  saved(id: TransferId): void
  /** Something would be lost with this page: it is on its way, or came and was not saved. */
  atStake(): boolean
}

export function createExchange(role: Role, limits: FileLimits, signal: AbortSignal): FileExchange {
  const transfers = createTransfers(role, limits, signal)
  const places = new Map<TransferId, Place>()
  /** A place is being opened for them: a second yes is the same one. */
  const opening = new Set<TransferId>()
  const spooled = new Map<string, Promise<File>>()
  const saved = new Set<TransferId>()
  void clearOldPlaces().catch(() => {})

  return {
    get list() {
      return transfers.list
    },
    send: transfers.send,
    expect: transfers.expect,
    refuse: transfers.refuse,
    obey: transfers.obey,
    pause: transfers.pause,
    cancel: transfers.cancel,
    cancelAll: transfers.cancelAll,
    unlink: transfers.unlink,
    onChange: transfers.onChange,
    attach: transfers.attach,
    kept: (id) => places.get(id),
    async spool(id, name, make) {
      const place = places.get(id)
      if (!place) throw new Error('nothing of this transfer waits')
      // More may have come since then.
      const key = `${id} ${name} ${place.kept.length}`
      const made = spooled.get(key) ?? place.spool(`${place.kept.length} ${name}`, make())
      spooled.set(key, made)
      made.catch(() => spooled.delete(key))
      return made
    },
    saved: (id) => void saved.add(id),
    atStake: () =>
      transfers.list.some(({ state }) => state.kind === 'running') ||
      [...places].some(([id, { kept }]) => kept.length > 0 && !saved.has(id)),
    async accept(id, folder) {
      if (folder) return transfers.accept(id, folderSink(folder))
      const offer = transfers.list.find((transfer) => transfer.id === id)
      if (offer?.state.kind !== 'offered' || opening.has(id)) return
      opening.add(id)
      const place = await openPlace(offer.bytes)
      opening.delete(id)
      if (!place) return transfers.refuse(id, 'no-room')
      places.set(id, place)
      transfers.accept(id, place.sink)
    },
  }
}

/** @returns undefined where there is no room */
async function openPlace(bytes: number): Promise<Place | undefined> {
  try {
    // A name of its own: the other side's would let two transfers wait for each other.
    return (await hasRoom(bytes)) ? await openOpfsPlace(randomId()) : undefined
  } catch {
    return bytes <= MAX_IN_MEMORY ? memoryPlace() : undefined
  }
}

/** As far as the browser says. */
async function hasRoom(bytes: number): Promise<boolean> {
  const { quota, usage = 0 } = await navigator.storage.estimate()
  return quota === undefined || bytes <= quota - usage
}
