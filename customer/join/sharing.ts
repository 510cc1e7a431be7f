import type { ScreenState } from '../../protocol/link.ts'
import type { Attended } from '../../protocol/socket.ts'

type Shown = Extract<ScreenState, { kind: 'shared' }>
export type NotShownWhy = Exclude<Extract<ScreenState, { kind: 'not-shared' }>['why'], 'handed-over'>

/** The customer's screen as this page tells it. Whether the technician asks for it is in the ledger. */
export type Sharing =
  /** This browser cannot capture a screen. */
  | { kind: 'unable' }
  | { kind: 'idle'; why: NotShownWhy }
  /** The browser's own picker is open. */
  | { kind: 'choosing' }
  /** The browser captures it and nobody sees it: whoever helps now is not the one to whom it was shown. */
  | { kind: 'held' }
  | Shown

export type SharingEvent = { type: 'choosing' } | { type: 'screen'; state: ScreenState }

/** The state of a page that has not shared yet. */
export function beforeSharing(able: boolean): Sharing {
  return able ? { kind: 'idle', why: 'not-yet' } : { kind: 'unable' }
}

/** The next state. */
export function nextSharing(sharing: Sharing, event: SharingEvent): Sharing {
  if (sharing.kind === 'unable') return sharing
  switch (event.type) {
    case 'choosing':
      return sharing.kind === 'idle' ? { kind: 'choosing' } : sharing
    case 'screen':
      if (event.state.kind === 'shared') return event.state
      return event.state.why === 'handed-over' ? { kind: 'held' } : { kind: 'idle', why: event.state.why }
  }
}

/** Whether what was allowed to one technician still holds, now that `who` attends. */
export function mayGoOn(allowedTo: Attended['who'] | undefined, who: Attended['who'] | undefined): boolean {
  return allowedTo === undefined || allowedTo === who
}
