import * as v from 'valibot'
import { randomId } from '../../peer/random-id.ts'
import type { TechnicianId, TicketId } from '../../protocol/ids.ts'
import { MediaId, MediaType } from '../../protocol/media.ts'
import type { CaseMedia, ListedMedia } from '../case/case-media.ts'
import { disk, isDiskFull } from '../storage/disk.ts'
import type { MediaBytes } from './media-bytes.ts'
import { type MediaIndex, openMediaIndex } from './media-index.ts'
import { hasAnother, type MediaItem } from './media-item.ts'
import { workerBytes } from './worker-bytes.ts'

/** The pictures and films of one technician's tickets: the bytes in this browser, and word of them in the cases. */
export type Media = {
  readonly items: MediaIndex['items']
  readonly loaded: Promise<void>
  /** Kept in the window where the disk is full, until it takes it. */
  keepPicture(picture: NewPicture): Promise<MediaItem>
  /** Undefined where the bytes are not in this browser any more. Lazy for films. */
  read(id: MediaId): Promise<Blob | undefined>
  /** The bytes of it came from another browser or, `stored`, from the server, and are on the disk. @param type MIME type */
  keepFetched(ticket: TicketId, listed: ListedMedia, about: { type: string; stored: boolean }): Promise<void>
  /** The bytes, and word of them in the case; of a copy that was fetched the bytes alone. */
  remove(item: MediaItem): Promise<void>
  /** The bytes here, where there are others; otherwise as `remove`. @throws RefusedError where the server does not say whether it has them */
  free(item: MediaItem): Promise<void>
  /** The bytes here, as it is kept no longer; that it was there stays in the case. */
  expire(item: MediaItem): Promise<void>
  /** The ticket is not this browser's any more. */
  forget(ticket: TicketId): void
  /** For the recorder: raw packets, and the index of what is not finished. */
  readonly bytes: MediaBytes
  readonly index: Pick<MediaIndex, 'put'>
  /** A new one's name, number and owner. */
  begin(
    ticket: TicketId,
    kind: MediaItem['kind'],
  ): Pick<MediaItem, 'id' | 'technician' | 'ticket' | 'kind' | 'number' | 'at'>
  /** Says in the case that it is here. */
  list(item: MediaItem): void
}

export type NewPicture = Pick<MediaItem, 'ticket' | 'width' | 'height'> & {
  kind: 'snapshot' | 'picture'
  picture: Blob
}

type Parts = {
  me: TechnicianId
  /** Of a ticket's case, opened when it is needed. */
  caseOf(ticket: TicketId): CaseMedia
  /** One that was made here was deleted for everybody. */
  onRemoved(item: MediaItem): void
  /** Whether one that was brought to the server is still there. @throws RefusedError where it does not say */
  isStored(item: MediaItem): Promise<boolean>
  signal: AbortSignal
}

/** The packets of a recording that is not finished yet. */
export const rawName = (id: MediaId) => `${id}.raw`

export function openMedia({ me, caseOf, onRemoved, isStored, signal }: Parts): Media {
  const bytes = workerBytes(signal)
  const { items, loaded, put, remove } = openMediaIndex(me, signal)
  /** What the disk has not taken yet. */
  const inWindow = new Map<MediaId, Blob>()

  function begin(ticket: TicketId, kind: MediaItem['kind']) {
    const here = [...items.peek().values()].filter((item) => item.ticket === ticket && item.kind === kind)
    const number = Math.max(caseOf(ticket).next(kind), ...here.map((item) => item.number + 1))
    return { id: v.parse(MediaId, randomId()), technician: me, ticket, kind, number, at: Date.now() }
  }

  function list(item: MediaItem) {
    caseOf(item.ticket).put(listed(item))
  }

  async function removeBytes(id: MediaId) {
    inWindow.delete(id)
    disk.forget(bytesName(id))
    await Promise.all([bytes.remove(id), bytes.remove(rawName(id))]).catch(() => {})
  }

  return {
    items,
    loaded,
    bytes,
    index: { put },
    begin,
    list,
    async keepPicture({ ticket, kind, picture, width, height }) {
      const begun = begin(ticket, kind)
      const item: MediaItem = {
        ...begun,
        type: picture.type,
        bytes: picture.size,
        width,
        height,
        state: { kind: 'kept' },
      }
      inWindow.set(item.id, picture)
      try {
        await disk.keep(bytesName(item.id), 'media', async () => {
          await bytes.write(item.id, picture)
          inWindow.delete(item.id)
        })
        disk.wrote(picture.size)
      } catch (cause) {
        // A full disk is told by the banner, and tried again; anything else is this picture's own end.
        if (!isDiskFull(cause)) throw cause
      }
      await put(item)
      list(item)
      return item
    },
    read: async (id) => inWindow.get(id) ?? (await bytes.read(id)),
    async keepFetched(ticket, { by, durationMs, ...about }, { type, stored }) {
      const state: MediaItem['state'] = durationMs === undefined ? { kind: 'kept' } : { kind: 'film', durationMs }
      // One's own from the server is the original again.
      const origin = stored && by === me ? { stored } : { maker: by }
      await put({ ...about, ...origin, technician: me, ticket, type, state })
      disk.wrote(about.bytes)
    },
    async remove(item) {
      await removeBytes(item.id)
      await remove(item.id)
      if (item.maker !== undefined) return
      caseOf(item.ticket).remove(item.id)
      onRemoved(item)
    },
    async free(item) {
      if (!hasAnother(item)) return await this.remove(item)
      // A server that was put back to an older state does not have it any more: it stays, and is brought there again.
      if (item.maker === undefined && !(await isStored(item))) return await put({ ...item, stored: false })
      await this.expire(item)
    },
    async expire({ id }) {
      await removeBytes(id)
      await remove(id)
    },
    forget(ticket) {
      for (const item of items.peek().values()) {
        if (item.ticket !== ticket) continue
        void removeBytes(item.id)
        void remove(item.id)
      }
    },
  }
}

const bytesName = (id: MediaId) => `bytes of ${id}`

function listed({ id, kind, number, at, technician: by, bytes, width, height, type, state }: MediaItem): ListedMedia {
  const about = { id, kind, number, at, by, bytes, width, height, ...(v.is(MediaType, type) && { type }) }
  return state.kind === 'film' ? { ...about, durationMs: state.durationMs } : about
}
