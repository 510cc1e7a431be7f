import { useEffect, useState } from 'preact/hooks'
import { type LogPages, openLogPages } from '../../desk/log/log-pages.ts'
import { boundsOf } from '../../desk/log/period.ts'
import type { LogAsk } from '../../desk/server/server-log.ts'
import type { LogSort } from '../../protocol/log.ts'
import type { Filters } from './log-filters.tsx'

type Page<Row> = { rows: readonly Row[]; next: string | null }

/** A typing person is waited for, in ms. */
const TYPING_MS = 300

/** The list that fits the filters, asked for anew each time that they change. */
export function useLog<Row>(
  filters: Filters<LogSort>,
  page: (ask: LogAsk, signal: AbortSignal) => Promise<Page<Row>>,
): LogPages<Row> | undefined {
  const [pages, setPages] = useState<LogPages<Row>>()
  const key = JSON.stringify(filters)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked for is what counts, not the object's identity
  useEffect(() => {
    const life = new AbortController()
    const ask = askOf(filters)
    const open = () => {
      const opened = openLogPages({ page: (cursor, signal) => page({ ...ask, cursor }, signal), signal: life.signal })
      setPages(opened)
      void opened.ask()
    }
    const timer = setTimeout(open, filters.search === '' ? 0 : TYPING_MS)
    return () => {
      clearTimeout(timer)
      life.abort()
    }
  }, [key])
  return pages
}

/** What the server is asked for. */
export function askOf<Sort extends string>({ group, technician, period, search, sort, order }: Filters<Sort>) {
  return { group, technician, search: search.trim(), sort, order, ...boundsOf(period, Date.now()) }
}
