import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { readCsv } from '../../../desk/csv.ts'
import { exportCsv } from '../../../desk/log/csv-export.ts'
import { RefusedError } from '../../../protocol/errors.ts'

/** Names as somebody might choose them to run in another's spreadsheet, and such as break a careless file. */
const NAMES = [
  '=HYPERLINK("http://example.org";"Prize")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\tindented',
  '\rreturned',
  'two\nlines',
  'with "quotes", commas; semicolons',
  "'=already kept",
  'Zoë Ünal 你好',
  '',
]

function exporting(names: readonly string[], more: Partial<Parameters<typeof exportCsv<string>>[0]> = {}) {
  const pages = names.map((name, at) => ({ rows: [name], next: at + 1 < names.length ? String(at + 1) : null }))
  return exportCsv<string>({
    columns: ['Name', 'End'],
    cells: (name) => [name, '.'],
    page: (cursor) => Promise.resolve(pages[Number(cursor ?? 0)] ?? { rows: [], next: null }),
    mark: true,
    language: 'en',
    onProgress: () => {},
    signal: new AbortController().signal,
    ...more,
  })
}

test.each(['en', 'fr'])('L5 what is exported comes back as text, and no cell is a formula (%s)', async (language) => {
  const blob = await exporting(NAMES, { language })
  const bytes = new Uint8Array(await blob.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const text = new TextDecoder().decode(bytes)
  const read = await readCsv(text)
  expect(read.rows.slice(1).map(({ cells }) => cells)).toEqual(NAMES.map((name) => [name, '.']))
  const { data, errors } = Papa.parse<string[]>(text, { skipEmptyLines: true })
  expect(errors).toEqual([])
  expect(data.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
})

test('L5 the byte order mark is a choice', async () => {
  const bytes = new Uint8Array(await (await exporting(NAMES, { mark: false })).arrayBuffer())
  expect(bytes[0]).toBe('N'.charCodeAt(0))
})

test('L5 an export says how far it is, waits where the server asks for it, and stops when it is cancelled', async () => {
  const seen: number[] = []
  let refused = false
  await exporting(['a', 'b', 'c'], {
    onProgress: (rows) => seen.push(rows),
    page: (cursor) => {
      const at = Number(cursor ?? 0)
      if (at === 1 && !refused) {
        refused = true
        return Promise.reject(new RefusedError({ code: 'too-many', retryAfterMs: 1 }))
      }
      return Promise.resolve({ rows: [String(at)], next: at < 2 ? String(at + 1) : null })
    },
  })
  expect(seen).toEqual([1, 2, 3])
  const life = new AbortController()
  const cancelled = exporting(['a', 'b', 'c'], { signal: life.signal, onProgress: () => life.abort() })
  await expect(cancelled).rejects.toThrow()
})
