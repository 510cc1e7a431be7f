import { useMemo } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { type ServiceLevel, serviceLevel } from '../../desk/queue/service-level.ts'
import { useWorkplace } from '../desk/context.ts'
import { useNow } from '../ui/clock.ts'

const TICK_MS = 15_000

export type LevelOf = (entry: QueueEntry) => ServiceLevel

/** How each ticket stands with what its group promises: one clock for all of them, and none where nothing is promised. */
export function useServiceLevels(): { promised: boolean; levelOf: LevelOf } {
  const targets = useWorkplace().desk.people.serviceTargets.value
  const promised = targets.size > 0
  const time = useNow(TICK_MS, promised ? undefined : 0)
  const now = promised ? time : 0
  const levelOf = useMemo<LevelOf>(
    () => (entry) => serviceLevel(entry, targets.get(entry.header.group), now),
    [targets, now],
  )
  return { promised, levelOf }
}
