import type { Priority } from '../../protocol/details.ts'
import type { GroupId, TechnicianId } from '../../protocol/ids.ts'
import { assigneeOf } from '../../protocol/ticket.ts'
import type { QueueEntry } from './entry.ts'
import { type QueueStatus, statusOf } from './order.ts'

export type Whose = 'all' | 'mine' | 'unassigned'

/** What of the queue one looks at; what is absent does not matter. */
export type QueueFilter = {
  whose: Whose
  group?: GroupId | undefined
  status?: QueueStatus | undefined
  priority?: Priority | undefined
  tag?: string | undefined
  /** Only what is late, or soon will be. */
  pressing?: true | undefined
}

export const EVERYTHING: QueueFilter = { whose: 'all' }

type Choice = keyof QueueFilter

/** Who looks, and which tickets are late or soon will be at that moment. */
export type Look = { me: TechnicianId; isPressing: (entry: QueueEntry) => boolean }

type Fits = (entry: QueueEntry, filter: QueueFilter, look: Look) => boolean

const FITS: Record<Choice, Fits> = {
  whose: (entry, { whose }, { me }) => isOf(entry, whose, me),
  group: ({ header }, { group }) => group === undefined || header.group === group,
  status: (entry, { status }) => status === undefined || statusOf(entry) === status,
  priority: (entry, { priority }) => priority === undefined || priorityOf(entry) === priority,
  tag: ({ details }, { tag }) => tag === undefined || (details?.tags.includes(tag) ?? false),
  pressing: (entry, { pressing }, look) => pressing === undefined || look.isPressing(entry),
}
const CHOICES: readonly Choice[] = ['whose', 'group', 'status', 'priority', 'tag', 'pressing']
const WHOSE: readonly Whose[] = ['all', 'mine', 'unassigned']

export function matches(entry: QueueEntry, filter: QueueFilter, look: Look): boolean {
  return CHOICES.every((choice) => FITS[choice](entry, filter, look))
}

/** Mine is what I have, and what I was invited to. */
export function isOf({ header }: QueueEntry, whose: Whose, me: TechnicianId): boolean {
  switch (whose) {
    case 'all':
      return true
    case 'mine':
      return assigneeOf(header) === me || header.seconds.includes(me)
    case 'unassigned':
      return header.state.kind === 'open' && header.state.assignee === null
  }
}

export function priorityOf({ details }: QueueEntry): Priority {
  return details?.priority ?? 'normal'
}

/** How many each choice of the filters would show, the other choices being as they are. */
export type FilterCounts = {
  whose: Record<Whose, number>
  groups: ReadonlyMap<GroupId, number>
  statuses: ReadonlyMap<QueueStatus, number>
  priorities: ReadonlyMap<Priority, number>
  /** In the order of the alphabet. */
  tags: ReadonlyMap<string, number>
  pressing: number
}

/** @param entries what is in the queue, as `orderQueue` gives it */
export function countQueue(entries: readonly QueueEntry[], filter: QueueFilter, look: Look): FilterCounts {
  const whose = { all: 0, mine: 0, unassigned: 0 }
  const groups = new Map<GroupId, number>()
  const statuses = new Map<QueueStatus, number>()
  const priorities = new Map<Priority, number>()
  const tags = new Map<string, number>()
  let pressing = 0
  for (const entry of entries) {
    const misses = CHOICES.filter((choice) => !FITS[choice](entry, filter, look))
    const wouldShow = (choice: Choice) => misses.length === 0 || (misses.length === 1 && misses[0] === choice)
    if (misses.length > 1) continue
    if (wouldShow('whose')) for (const each of WHOSE) if (isOf(entry, each, look.me)) whose[each] += 1
    if (wouldShow('group')) count(groups, entry.header.group)
    const status = statusOf(entry)
    if (wouldShow('status') && status) count(statuses, status)
    if (wouldShow('priority')) count(priorities, priorityOf(entry))
    if (wouldShow('tag')) for (const tag of entry.details?.tags ?? []) count(tags, tag)
    if (wouldShow('pressing') && look.isPressing(entry)) pressing += 1
  }
  const inOrder = new Map([...tags].sort(([one], [other]) => one.localeCompare(other)))
  return { whose, groups, statuses, priorities, tags: inOrder, pressing }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
