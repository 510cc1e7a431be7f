import type { QueueEntry } from '../../desk/queue/entry.ts'
import { divideQueue, type QueueStatus } from '../../desk/queue/order.ts'

export type Heading = { kind: 'heading'; status: QueueStatus; count: number }
type Line = Heading | QueueEntry

/** The lines of the queue's table, by their number. */
export type TableLines = {
  readonly count: number
  at(index: number): Line | undefined
  /** Where a ticket stands; -1 where it does not. */
  indexOf(ticket: string | undefined): number
}

/** Nothing is made for a line: there may be thousands, and they are laid at each letter that is typed. */
export function layLines(shown: readonly QueueEntry[]): TableLines {
  const parts = divideQueue(shown).map(({ status, entries }) => {
    const heading: Heading = { kind: 'heading', status, count: entries.length }
    return { heading, entries }
  })
  return {
    count: parts.reduce((sum, { entries }) => sum + 1 + entries.length, 0),
    at(index) {
      let left = index
      for (const { heading, entries } of parts) {
        if (left === 0) return heading
        if (left <= entries.length) return entries[left - 1]
        left -= 1 + entries.length
      }
      return undefined
    },
    indexOf(ticket) {
      let before = 1
      for (const { entries } of ticket === undefined ? [] : parts) {
        const at = entries.findIndex(({ header }) => header.id === ticket)
        if (at >= 0) return before + at
        before += 1 + entries.length
      }
      return -1
    },
  }
}

export function isHeading(line: Line | undefined): line is Heading {
  return line !== undefined && 'kind' in line
}

export function keyOf(line: Line | undefined): string {
  if (!line) return ''
  return isHeading(line) ? line.status : line.header.id
}
