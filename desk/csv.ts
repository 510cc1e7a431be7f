/** CSV as spreadsheets write and read it. The parser is loaded when it is first needed. */

export type CsvTable = {
  /** Without empty ones. `line` counts as a spreadsheet does, from 1. `broken`: its quotes do not end where they must. */
  rows: { line: number; cells: string[]; broken: boolean }[]
}

const DELIMITERS = [';', ',', '\t'] as const

/**
 * What a spreadsheet would take for a formula, and what was kept from being taken for one: also behind spaces and what is not seen, which
 * some trim, and as wide characters, which some read as the narrow ones.
 */
const FORMULA = /^'*[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u
const KEPT_FROM_FORMULA = /^'+[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u

/** Reads commas, semicolons or tabs, whichever the file has; a byte order mark, CRLF and quotes are understood. */
export async function readCsv(text: string): Promise<CsvTable> {
  const { parse } = await papa()
  const whole = text.replace(/^\ufeff/, '')
  // Excel's own first line, which names the delimiter.
  const named = /^sep=([;,\t])\r?\n/i.exec(whole)
  const body = named ? whole.slice(named[0].length) : whole
  const { data, errors } = parse<string[]>(body, { delimiter: named?.[1] ?? delimiterOf(body), skipEmptyLines: false })
  const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row))
  const before = named ? 2 : 1
  return {
    rows: data
      .map((cells, index) => ({
        line: index + before,
        cells: cells.map((cell) => (KEPT_FROM_FORMULA.test(cell) ? cell.slice(1) : cell)),
        broken: broken.has(index),
      }))
      .filter(({ cells, broken }) => broken || cells.some((cell) => cell.trim() !== '')),
  }
}

/**
 * Rows as a CSV file: CRLF, and a byte order mark, without which Excel would not read accents. A cell that a spreadsheet would
 * run as a formula gets an apostrophe in front, which `readCsv` takes away. `language`: a BCP 47 tag, for the delimiter.
 */
export async function writeCsv(rows: readonly (readonly string[])[], language: string): Promise<string> {
  return `\ufeff${await csvLines(rows, language)}`
}

/** The same without the mark: a file is put together from several of these. */
export async function csvLines(rows: readonly (readonly string[])[], language: string): Promise<string> {
  const { unparse } = await papa()
  const options = {
    delimiter: delimiterFor(language),
    escapeFormulae: FORMULA,
    newline: '\r\n',
    // Whoever reads it and has to guess the delimiter must not be led astray by what is in a cell.
    quotes: (cell: string) => /[;,\t]/.test(cell),
  }
  return `${unparse(
    rows.map((row) => [...row]),
    options,
  )}\r\n`
}

/** Where the comma is for decimals, spreadsheets expect semicolons. */
function delimiterFor(language: string): string {
  return new Intl.NumberFormat(language).format(1.5).includes(',') ? ';' : ','
}

/** The parser is CommonJS: what it exports is the default. */
async function papa() {
  const { default: parser } = await import('papaparse')
  return parser
}

/** The one that stands most often in the first line that has any, quotes aside. */
function delimiterOf(text: string): string {
  const bare = text.replace(/"[^"]*"/g, '')
  for (const line of bare.split(/[\r\n]+/)) {
    const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length - 1 }))
    const [best] = counts.sort((one, other) => other.count - one.count)
    if (best && best.count > 0) return best.delimiter
  }
  return ','
}
