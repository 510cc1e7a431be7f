import type { OverReason } from '../../peer/link-error.ts'
import type { Time } from '../../protocol/ids.ts'
import type { ScreenMode, ScreenState } from '../../protocol/link.ts'

/** The customer's screen as the technician stands with it. */
export type ScreenView =
  | { kind: 'asked'; since: Time }
  /** `wanted`: a mode that was asked for and that the customer's browser has not confirmed yet. */
  | (Extract<ScreenState, { kind: 'shared' }> & { wanted?: ScreenMode })
  | Extract<ScreenState, { kind: 'not-shared' }>

/** The link of a live session. `reconnecting`: cut since `since`, and being made again by itself. */
export type LinkLine = { kind: 'up' } | { kind: 'reconnecting'; since: Time }

/** How this desk cares for one ticket's customer. */
export type AttendanceState =
  /** Nobody is there. */
  | { kind: 'none' }
  | { kind: 'pairing' }
  /** Wrong codes were typed: the next one is answered at `until`. */
  | { kind: 'held'; until: Time }
  | { kind: 'connecting' }
  /** Also while the link is made again: what was shown last stays. */
  | {
      kind: 'live'
      since: Time
      line: LinkLine
      canShare: boolean
      screen: ScreenView
      stream: MediaStream | undefined
    }
  /** `at`: when it ended, or was cut; `began`: when the two were linked first, where they were; cuts do not count. */
  | { kind: 'over'; why: OverReason; at: Time; began?: Time }
  /** Another browser of the same technician has the customer. */
  | { kind: 'elsewhere' }
