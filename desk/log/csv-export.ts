import { csvLines } from '../csv.ts'
import { everyPage } from './log-pages.ts'

type Export<Row> = {
  columns: readonly string[]
  /** One line. */
  cells(row: Row): readonly string[]
  page(cursor: string | undefined, signal: AbortSignal): Promise<{ rows: readonly Row[]; next: string | null }>
  /** A byte order mark, without which Excel does not read accents. */
  mark: boolean
  /** A BCP 47 tag, for the delimiter. */
  language: string
  onProgress(rows: number): void
  signal: AbortSignal
}

/** A whole list as a CSV file, page after page: each is text as soon as it is here, and the browser keeps the text where it likes. */
export async function exportCsv<Row>(of: Export<Row>): Promise<Blob> {
  const { columns, cells, page, mark, language, onProgress, signal } = of
  const parts: Blob[] = [new Blob([mark ? '\ufeff' : '', await csvLines([columns], language)])]
  let count = 0
  for await (const rows of everyPage(page, signal)) {
    signal.throwIfAborted()
    if (rows.length > 0) parts.push(new Blob([await csvLines(rows.map(cells), language)]))
    count += rows.length
    onProgress(count)
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' })
}
