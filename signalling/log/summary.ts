import type { LogRow, SessionSummary } from '../../protocol/log.ts'

/** What came of a session, from the rows within it, the oldest first. */
export function summarise(rows: readonly Pick<LogRow, 'at' | 'event'>[]): SessionSummary {
  const summary: SessionSummary = {
    end: null,
    granted: [],
    recordings: 0,
    snapshots: 0,
    calls: 0,
    files: 0,
    bytes: 0,
    route: null,
    score: null,
  }
  for (const { at, event } of rows) {
    switch (event.what) {
      case 'session-ended':
        summary.end = { at, durationMs: event.durationMs, why: event.why }
        break
      case 'consent':
        if (event.outcome === 'granted' && !summary.granted.includes(event.topic)) summary.granted.push(event.topic)
        break
      case 'recording-began':
        summary.recordings += 1
        break
      case 'call-began':
        summary.calls += 1
        break
      case 'snapshot':
        summary.snapshots += 1
        break
      case 'files':
        if (event.outcome !== 'done') break
        summary.files = sum(summary.files, event.count)
        summary.bytes = sum(summary.bytes, event.bytes)
        break
      case 'rated':
        summary.score = event.score
        break
      case 'route':
        // A session that was relayed once is told as that.
        summary.route = summary.route === 'relayed' ? 'relayed' : event.route
        break
    }
  }
  return summary
}

/** A browser tells the counts, and may tell any: no sum of them is one that nobody can read. */
const sum = (one: number, other: number) => Math.min(Number.MAX_SAFE_INTEGER, one + other)
