import { useEffect, useState } from 'preact/hooks'
import { reportDays } from '../../desk/log/report-days.ts'
import { type Refusal, RefusedError } from '../../protocol/errors.ts'
import type { ReportReply } from '../../protocol/reports.ts'
import { useWorkplace } from '../desk/context.ts'
import type { Filters } from '../log/log-filters.tsx'

/** `before`: what was shown last, while another one is asked for. */
export type ReportState =
  | { kind: 'asking'; before: ReportReply | undefined }
  | { kind: 'known'; report: ReportReply; cut: boolean }
  | { kind: 'refused'; why: Refusal }

/** The report that fits the filters, and a way to ask for it again. */
export function useReport({ group, technician, period }: Filters): [ReportState, () => void] {
  const { log } = useWorkplace().desk
  const [state, setState] = useState<ReportState>({ kind: 'asking', before: undefined })
  const [turn, setTurn] = useState(0)
  const key = JSON.stringify([group, technician, period])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked for is what counts, not the objects' identity
  useEffect(() => {
    const life = new AbortController()
    const { days, cut } = reportDays(period, Date.now())
    setState((now) => ({ kind: 'asking', before: now.kind === 'known' ? now.report : undefined }))
    log.report({ days, group, technician }, life.signal).then(
      (report) => setState({ kind: 'known', report, cut }),
      (error: unknown) => {
        if (life.signal.aborted) return
        if (!(error instanceof RefusedError)) throw error
        setState({ kind: 'refused', why: error.refusal })
      },
    )
    return () => life.abort()
  }, [log, key, turn])
  return [state, () => setTurn((now) => now + 1)]
}
