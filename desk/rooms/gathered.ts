import * as Y from 'yjs'
import type { UpdateContent } from '../../peer/apply-update.ts'

/** What a mailbox was seen to have, by what each author wrote and what was deleted; to find what it lacks of a document. */
export type Gathered = {
  add(content: Pick<UpdateContent, 'structs' | 'ds'>): void
  /** As of a document into which all of it was read. What stands behind a gap does not count. */
  snapshot(): Y.Snapshot
}

type Span = { from: number; to: number }

export function gather(): Gathered {
  const written = new Map<number, Span[]>()
  const deleted = [Y.createDeleteSet()]

  return {
    add({ structs, ds }) {
      for (const struct of structs) {
        if (struct instanceof Y.Skip) continue
        const { client, clock } = struct.id
        const spans = written.get(client) ?? []
        written.set(client, spans)
        const last = spans.at(-1)
        // Mostly one goes on where the one before it ended.
        if (last?.to === clock) last.to += struct.length
        else spans.push({ from: clock, to: clock + struct.length })
      }
      if (ds.clients.size > 0) deleted.push(ds)
    },
    snapshot() {
      const clocks = [...written].map(([client, spans]) => [client, withoutGap(spans)] as const)
      return Y.createSnapshot(Y.mergeDeleteSets(deleted), new Map(clocks.filter(([, clock]) => clock > 0)))
    },
  }
}

/** How far they reach from 0 without a gap. */
function withoutGap(spans: readonly Span[]): number {
  let end = 0
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    if (from > end) break
    end = Math.max(end, to)
  }
  return end
}
