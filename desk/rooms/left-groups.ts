import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals'
import type { GroupId, TicketId } from '../../protocol/ids.ts'
import { readRoom } from '../../protocol/rooms.ts'
import type { Rooms } from './rooms.ts'

/**
 * A group that one is not in any more. `removed`: what this browser had of it is gone. `unsent`: something that was written here
 * never reached the server, and never will; it is here until a person has read that.
 */
export type LeftGroup = { kind: 'removed' | 'unsent'; group: GroupId; name: string | undefined }

export type LeftGroups = {
  readonly left: ReadonlySignal<readonly LeftGroup[]>
  /** Takes away what was not sent, or that it is said. */
  finish(left: LeftGroup): Promise<void>
}

type Parts = {
  rooms: Pick<Rooms, 'held' | 'memory' | 'remove'>
  /** As the server says; undefined until it has. Followed as a signal. */
  groups: ReadonlySignal<readonly GroupId[] | undefined>
  names: ReadonlySignal<ReadonlyMap<GroupId, string>>
  /** Hears whose case is gone from this browser. */
  onRemoved(ticket: TicketId): void
  signal: AbortSignal
}

/** Takes the rooms of a group off this browser's disk once one is not in it any more. */
export function followLeftGroups({ rooms, groups, names, onRemoved, signal: until }: Parts): LeftGroups {
  const left = signal<readonly LeftGroup[]>([])
  /** Also of groups that one does not see any more. */
  const known = new Map<GroupId, string>()
  let checking = Promise.resolve()

  const stopNames = effect(() => {
    for (const [group, name] of names.value) known.set(group, name)
  })
  const stop = effect(() => {
    const own = groups.value
    if (own) untracked(() => queue(() => check(own)))
  })
  until.addEventListener('abort', () => {
    stop()
    stopNames()
  })

  /** One after the other. A disk that does not answer is asked again at the next change. */
  function queue(work: () => Promise<void>): Promise<void> {
    checking = checking.then(() => (until.aborted ? undefined : work().catch(() => {})))
    return checking
  }

  async function check(own: readonly GroupId[]) {
    const gone = Map.groupBy(
      (await rooms.held.all()).filter(({ group }) => !own.includes(group)),
      ({ group }) => group,
    )
    left.value = left.peek().filter(({ group }) => !own.includes(group))
    const unsent = new Set(await rooms.memory.unsent())
    for (const [group, held] of gone) {
      const kind = held.some(({ room }) => unsent.has(room)) ? 'unsent' : 'removed'
      if (kind === 'removed') await removeAll(group)
      say({ kind, group, name: known.get(group) })
    }
  }

  async function removeAll(of: GroupId) {
    for (const { room, group } of await rooms.held.all()) {
      if (group !== of) continue
      await rooms.remove(room)
      const removed = readRoom(room)
      if (removed.kind === 'case') onRemoved(removed.ticket)
    }
  }

  function say(next: LeftGroup) {
    left.value = [...left.peek().filter(({ group }) => group !== next.group), next]
  }

  return {
    left,
    finish: ({ kind, group }) =>
      queue(async () => {
        if (kind === 'unsent') await removeAll(group)
        left.value = left.peek().filter((one) => one.group !== group)
      }),
  }
}
