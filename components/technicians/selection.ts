import { useEffect, useState } from 'preact/hooks'
import type { Person } from '../../desk/people-list.ts'

export type Selection = {
  has(key: string): boolean
  /** Selects or deselects one. */
  toggle(key: string): void
  /** From the one that was toggled last to this one, in the order shown. */
  extend(key: string): void
  /** All that are shown, or none of them if they are all selected. */
  toggleAll(): void
  clear(): void
  /** Those selected, in the order of the list; also those that the search hides. */
  readonly people: readonly Person[]
  /** How many of them the search hides. */
  readonly hidden: number
}

/** Which people are selected. `people`: those of the view; `shown`: those that the search left, in order. A new `view` begins anew. */
export function useSelection(view: string, people: readonly Person[], shown: readonly Person[]): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is what clears
  useEffect(() => setKeys(new Set()), [view])
  const selected = people.filter(({ key }) => keys.has(key))
  const seen = shown.filter(({ key }) => keys.has(key)).length

  return {
    has: (key) => keys.has(key),
    toggle(key) {
      const next = new Set(keys)
      if (!next.delete(key)) next.add(key)
      setKeys(next)
      setAnchor(key)
    },
    extend(key) {
      const from = shown.findIndex((person) => person.key === anchor)
      const to = shown.findIndex((person) => person.key === key)
      if (to < 0) return
      const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
      setKeys(new Set([...keys, ...shown.slice(first, last + 1).map((person) => person.key)]))
      if (from < 0) setAnchor(key)
    },
    toggleAll() {
      const next = new Set(keys)
      for (const { key } of shown)
        if (seen === shown.length) next.delete(key)
        else next.add(key)
      setKeys(next)
    },
    clear: () => setKeys(new Set()),
    people: selected,
    hidden: selected.length - seen,
  }
}
