import type { Line } from './line.ts'
import type { Sharing } from './sharing.ts'
import type { ThreadEvent } from './thread.ts'

/** What the chat notes of a step of the line; `met`: the technician whose arrival it noted last. */
export function lineEvent(before: Line, after: Line, met: string | undefined): ThreadEvent | undefined {
  if (before.kind === after.kind) return undefined
  if (after.kind === 'cut') return 'cut'
  if (after.kind !== 'live') return undefined
  return met === after.technician ? 'back' : 'joined'
}

/** What the chat notes of a step of the sharing. */
export function sharingEvent(before: Sharing, after: Sharing): ThreadEvent | undefined {
  if ((before.kind === 'shared') === (after.kind === 'shared')) return undefined
  return after.kind === 'shared' ? 'shared' : 'stopped'
}
