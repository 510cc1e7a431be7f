import { useEffect, useState } from 'preact/hooks'

export type Selection<Item> = {
  has(key: string): boolean
  /** Selects or deselects one. */
  toggle(key: string): void
  /** From the one that was toggled last to this one, in the order shown. */
  extend(key: string): void
  /** All that are shown, or none of them if they are all selected. */
  toggleAll(): void
  clear(): void
  /** Those selected, in the order of the list; also those that the search hides. */
  readonly items: readonly Item[]
  /** How many of them the search hides. */
  readonly hidden: number
}

type Parts<Item> = {
  /** Another one begins anew. */
  view: string
  /** All of the view. */
  items: readonly Item[]
  /** Those that search and filters left, in order. */
  shown: readonly Item[]
  keyOf: (item: Item) => string
}

/** Which lines of a list are selected. */
export function useSelection<Item>({ view, items, shown, keyOf }: Parts<Item>): Selection<Item> {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is what clears
  useEffect(() => setKeys(new Set()), [view])
  const selected = keys.size === 0 ? [] : items.filter((item) => keys.has(keyOf(item)))
  const seen = keys.size === 0 ? 0 : shown.filter((item) => keys.has(keyOf(item))).length

  return {
    has: (key) => keys.has(key),
    toggle(key) {
      const next = new Set(keys)
      if (!next.delete(key)) next.add(key)
      setKeys(next)
      setAnchor(key)
    },
    extend(key) {
      const from = shown.findIndex((item) => keyOf(item) === anchor)
      const to = shown.findIndex((item) => keyOf(item) === key)
      if (to < 0) return
      const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
      setKeys(new Set([...keys, ...shown.slice(first, last + 1).map(keyOf)]))
      if (from < 0) setAnchor(key)
    },
    toggleAll() {
      const next = new Set(keys)
      for (const item of shown)
        if (seen === shown.length) next.delete(keyOf(item))
        else next.add(keyOf(item))
      setKeys(next)
    },
    clear: () => setKeys(new Set()),
    items: selected,
    hidden: selected.length - seen,
  }
}
