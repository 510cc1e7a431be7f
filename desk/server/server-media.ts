import * as v from 'valibot'
import type { TicketId } from '../../protocol/ids.ts'
import type { MediaId } from '../../protocol/media.ts'
import {
  type BeginUpload,
  BegunUpload,
  type ExpiredMedia,
  MediaStoreReply,
  type MediaStoreRequest,
  StoredMedia,
} from '../../protocol/media-store.ts'
import type { ServerClient } from './server.ts'

/** Images and recordings that rest with the server. They refuse as all of `ServerClient` do. */
export function serverMedia(server: Pick<ServerClient, 'call' | 'bytes'>) {
  const path = (ticket: TicketId, id: MediaId, rest = '') => `/api/tickets/${ticket}/media/${id}${rest}`
  return {
    read: (signal?: AbortSignal) => server.call('/api/media-store', { reply: MediaStoreReply, signal }),
    set: (body: MediaStoreRequest, signal?: AbortSignal) =>
      server.call('/api/media-store', { method: 'POST', body, reply: MediaStoreReply, signal }),
    list: (ticket: TicketId, signal?: AbortSignal) =>
      server.call(`/api/tickets/${ticket}/media`, { reply: StoredMedia, signal }),
    begin: (ticket: TicketId, id: MediaId, body: BeginUpload, signal?: AbortSignal) =>
      server.call(path(ticket, id), { method: 'POST', body, reply: BegunUpload, signal }),
    expired: (body: ExpiredMedia, signal?: AbortSignal) =>
      server.call('/api/media-store/expired', { method: 'POST', body, reply: v.unknown(), signal }),
    put: (ticket: TicketId, id: MediaId, piece: number, bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal) =>
      server.bytes(path(ticket, id, `/pieces/${piece}`), bytes, signal),
    get: (ticket: TicketId, id: MediaId, piece: number, signal?: AbortSignal) =>
      server.bytes(path(ticket, id, `/pieces/${piece}`), undefined, signal),
    remove: (ticket: TicketId, id: MediaId, signal?: AbortSignal) =>
      server.call(path(ticket, id, '/delete'), { method: 'POST', body: {}, reply: v.unknown(), signal }),
  }
}
export type ServerMedia = ReturnType<typeof serverMedia>
