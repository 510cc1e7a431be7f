import type { ReadonlySignal } from '@preact/signals'
import type { TicketId, Time } from '../../protocol/ids.ts'
import type { MediaItem } from './media-item.ts'
import type { Progress } from './recorder.ts'

/** How a ticket's recording stands; there is none where it is in no such state. */
export type RecordingState =
  /** The customer is asked. */
  | { kind: 'asked'; since: Time }
  | { kind: 'running' | 'paused'; progress: ReadonlySignal<Progress> }
  | { kind: 'finishing' }

/**
 * Why a recording ended. `customer`: took it back. `session`: it ended. `lost`: nobody was there for long. `given-away`: the ticket is
 * somebody else's. `full`: the disk. `interrupted`: the desk was closed, reloaded or crashed. `broken`: the encoder.
 */
export type StopReason = 'stopped' | 'customer' | 'session' | 'lost' | 'given-away' | 'full' | 'interrupted' | 'broken'

/** What there is to say of a recording once; it is shown until somebody has read it. */
export type RecordingNews = { id: string; ticket: TicketId } & (
  | { kind: 'refused' }
  | { kind: 'kept'; why: StopReason; item: MediaItem }
  /** It is on the disk in pieces; finishing it failed, for want of room where `full`. It is tried again at the next start. */
  | { kind: 'unfinished'; why: StopReason; full: boolean; item: MediaItem }
  /** There was nothing in it. */
  | { kind: 'empty'; why: StopReason }
)
