import * as v from 'valibot'
import type { TechnicianId, TicketId, Time } from '../../protocol/ids.ts'
import type { MediaId } from '../../protocol/media.ts'

/** `snapshot` and `recording`: made here of what a customer showed. `picture`: sent by the customer into the chat. */
export const MediaKind = v.picklist(['snapshot', 'recording', 'picture'])
export type MediaKind = v.InferOutput<typeof MediaKind>

/** One picture or film whose bytes are in this browser. Several technicians may use one browser. */
export type MediaItem = {
  id: MediaId
  technician: TechnicianId
  /** Who made it, where it is a copy that was fetched. */
  maker?: TechnicianId
  ticket: TicketId
  /** It rests with the server, too, sealed. */
  stored?: boolean
  kind: MediaKind
  /** The how manieth of its kind under its ticket. */
  number: number
  at: Time
  /** MIME type. */
  type: string
  bytes: number
  /** In pixels. */
  width: number
  height: number
  state: MediaState
}

/** Whether it is somewhere else, too: with who made it, or with the server. */
export const hasAnother = ({ maker, stored }: MediaItem) => maker !== undefined || stored === true

export type MediaState =
  | { kind: 'kept' }
  /** A film with its length, in ms. */
  | { kind: 'film'; durationMs: number }
  /** A recording of which only the raw pieces are on the disk: it runs, or was interrupted and is finished at the next start. */
  | { kind: 'unfinished' }
