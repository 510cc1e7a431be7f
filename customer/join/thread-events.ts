import type { Time } from '../../protocol/ids.ts'
import type { Line } from './line.ts'
import type { Sharing } from './sharing.ts'
import type { ThreadEvent } from './thread.ts'

/** A shorter cut, after which the same session goes on, is seen while it lasts and not kept, in ms. */
const WORTH_A_LINE_MS = 10_000

/** What the chat notes of a step of the line at `now`; `met`: the technician whose arrival it noted last. */
export function lineEvent(before: Line, after: Line, met: string | undefined, now: Time): ThreadEvent | undefined {
  if (after.kind === 'cut') return after.lost && !(before.kind === 'cut' && before.lost) ? 'cut' : undefined
  if (after.kind !== 'live' || before.kind === 'live') return undefined
  if (before.kind === 'cut' && !before.lost && now - before.since < WORTH_A_LINE_MS) return undefined
  return met === after.technician ? 'back' : 'joined'
}

/** What the chat notes of a step of the sharing. */
export function sharingEvent(before: Sharing, after: Sharing): ThreadEvent | undefined {
  if ((before.kind === 'shared') === (after.kind === 'shared')) return undefined
  return after.kind === 'shared' ? 'shared' : 'stopped'
}
