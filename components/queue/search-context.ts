import { useMemo } from 'preact/hooks'
import type { QueueEntry } from '../../desk/queue/entry.ts'
import { mayOpenCase } from '../../desk/queue/rights.ts'
import type { SearchContext } from '../../desk/queue/search-queue.ts'
import { useWorkplace } from '../desk/context.ts'

/** What a search through these tickets may look at. */
export function useSearchContext(entries: readonly QueueEntry[]): SearchContext {
  const { people, caseWords } = useWorkplace().desk
  const names = people.names.value
  const looker = people.looker.value
  const words = caseWords.words.value
  return useMemo(() => {
    const open = entries.flatMap(({ header }) => {
      const written = words.get(header.id)
      return written && mayOpenCase(header, looker) ? [[header.id, written] as const] : []
    })
    return { names, cases: new Map(open) }
  }, [entries, names, looker, words])
}
