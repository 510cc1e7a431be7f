/** A run of what one author wrote. */
export type Range = { clock: number; len: number }

/** What a run takes in an update, at most. */
export const RANGE_BYTES = 12

/** What an update deletes, handed out with what is deleted. */
export type Deletions = {
  /** What is deleted of what an author wrote from one number to before another; those of one author are asked for in their order. */
  take(client: number, from: number, to: number): Range[]
  /** What nobody asked for, in parcels of so many bytes. */
  rest(max: number): [number, Range[]][][]
}

type DeleteSet = { clients: ReadonlyMap<number, readonly Range[]> }

export function deletionsOf({ clients }: DeleteSet): Deletions {
  const waiting = new Map<number, Range[]>()
  const left: [number, Range][] = []
  // The first one stands at the end, from where it is taken.
  for (const [client, ranges] of clients) {
    waiting.set(
      client,
      ranges.toSorted((one, other) => other.clock - one.clock),
    )
  }

  return {
    take(client, from, to) {
      const taken: Range[] = []
      const ranges = waiting.get(client) ?? []
      for (let range = ranges.at(-1); range && range.clock < to; range = ranges.at(-1)) {
        ranges.pop()
        const [before, within, after] = cut(range, from, to)
        if (before) left.push([client, before])
        if (within) taken.push(within)
        if (!after) continue
        ranges.push(after)
        break
      }
      return taken
    },
    rest(max) {
      for (const [client, ranges] of waiting) for (const range of ranges) left.push([client, range])
      waiting.clear()
      // Yjs loses some of those that wait for what they delete unless each author's are in their order.
      left.sort(([, one], [, other]) => one.clock - other.clock)
      const each = Math.max(1, Math.floor(max / RANGE_BYTES))
      return Array.from({ length: Math.ceil(left.length / each) }, (_, n) => {
        const parcel = Map.groupBy(left.slice(n * each, (n + 1) * each), ([client]) => client)
        return [...parcel].map(([client, some]) => [client, some.map(([, range]) => range)])
      })
    },
  }
}

/** What of a run is before, in and behind another one. */
function cut({ clock, len }: Range, from: number, to: number): (Range | undefined)[] {
  const run = (first: number, end: number) => (first < end ? { clock: first, len: end - first } : undefined)
  const end = clock + len
  return [run(clock, Math.min(end, from)), run(Math.max(clock, from), Math.min(end, to)), run(Math.max(clock, to), end)]
}
