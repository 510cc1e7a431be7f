/** The largest file that is read, in bytes: a hundred times what 500 people need. */
export const MAX_CSV_FILE = 1024 * 1024

export type CsvFile =
  | { kind: 'text'; text: string }
  /** `bytes`: how large it is. */
  | { kind: 'too-large'; bytes: number }
  | { kind: 'not-text' }

/** The text of a file: UTF-8 or UTF-16 with a byte order mark, plain UTF-8, or what spreadsheets of the West wrote before. */
export async function readCsvFile(file: Blob): Promise<CsvFile> {
  if (file.size > MAX_CSV_FILE) return { kind: 'too-large', bytes: file.size }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes)
  return hasControls(text) ? { kind: 'not-text' } : { kind: 'text', text }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** Pictures, archives and spreadsheets in their own format have them; text has only tabs and line ends. */
function hasControls(text: string): boolean {
  return /[^\P{Cc}\t\r\n\u0080-\u009f]/u.test(text)
}
