import { foldGroupName } from '../../protocol/group-name.ts'
import { MAX_INVITATIONS } from '../../protocol/limits.ts'
import { type CsvTable, readCsv } from '../csv.ts'
import { plain } from '../search.ts'
import { type CsvFile, readCsvFile } from './csv-file.ts'
import { groupProblem, type InviteRow, type RowProblem } from './invite-rows.ts'

type Column = 'address' | 'group' | 'admin' | 'two-step'

/** Why nothing of a file can be used. */
export type FileProblem =
  | Exclude<CsvFile, { kind: 'text' }>
  | { kind: 'empty' }
  | { kind: 'too-many-rows'; count: number }
  /** There is a header, but no column of addresses in it. */
  | { kind: 'no-address-column' }

export type CsvPeople = { kind: 'rows'; rows: InviteRow[] } | FileProblem

/** Without a header, the columns are these. */
const ORDER: readonly Column[] = ['address', 'group', 'admin', 'two-step']

/** Words of a header in English and French, without case, accents, spaces and hyphens. */
const HEADERS: Record<Column, readonly string[]> = {
  address: [
    'email',
    'mail',
    'address',
    'emailaddress',
    'adresse',
    'adresseemail',
    'adressemail',
    'courriel',
    'adressecourriel',
    'adresseelectronique',
  ],
  group: ['group', 'groups', 'groupe', 'groupes', 'team', 'equipe'],
  admin: ['admin', 'administrator', 'administrateur', 'administratrice', 'isadmin'],
  'two-step': [
    '2fa',
    'mfa',
    'twostep',
    '2step',
    'twostepverification',
    '2stepverification',
    'twofactor',
    'deuxetapes',
    '2etapes',
    'verificationendeuxetapes',
    'verificationen2etapes',
    'doubleauthentification',
  ],
}

const YES = new Set(['yes', 'y', 'oui', 'o', 'true', 'vrai', '1'])
const NO = new Set(['', 'no', 'n', 'non', 'false', 'faux', '0'])

/** The people of a CSV file, or why it is refused as a whole: nothing of it is used then. */
export async function readPeopleFile(file: Blob): Promise<CsvPeople> {
  const read = await readCsvFile(file)
  return read.kind === 'text' ? readPeople(read.text) : read
}

/** The people of a CSV text: one row each, those that cannot be read with their problem. */
export async function readPeople(text: string): Promise<CsvPeople> {
  const { rows } = await readCsv(text)
  const header = rows[0] && readHeader(rows[0].cells)
  const people = header ? rows.slice(1) : rows
  if (header && !header.includes('address')) return { kind: 'no-address-column' }
  if (people.length === 0) return { kind: 'empty' }
  if (people.length > MAX_INVITATIONS) return { kind: 'too-many-rows', count: people.length }
  return { kind: 'rows', rows: people.map((row) => readRow(row, header ?? ORDER)) }
}

/** The columns by their names; undefined where the row is about somebody already. */
function readHeader(cells: readonly string[]): (Column | undefined)[] | undefined {
  if (cells.some((cell) => cell.includes('@'))) return undefined
  const columns = cells.map((cell) => {
    const word = plain(cell).replace(/[^a-z0-9]/g, '')
    return ORDER.find((column) => HEADERS[column].includes(word))
  })
  return columns.some(Boolean) ? columns : undefined
}

function readRow(
  { line, cells, broken }: CsvTable['rows'][number],
  columns: readonly (Column | undefined)[],
): InviteRow {
  const cell = (column: Column) => {
    const at = columns.indexOf(column)
    return (at < 0 ? undefined : cells[at])?.trim() ?? ''
  }
  const groups = readGroups(cell('group'))
  const written = { admin: cell('admin'), twoStep: cell('two-step') }
  const [admin, twoStep] = [readFlag(written.admin), readFlag(written.twoStep)]
  const unread = admin === undefined ? written.admin : twoStep === undefined ? written.twoStep : undefined
  const problem: RowProblem | undefined = broken
    ? { kind: 'broken-quotes' }
    : unread !== undefined
      ? { kind: 'not-yes-or-no', cell: unread, ...written }
      : groupProblem(groups)
  const row = { line, email: cell('address'), groups, admin: admin === true, twoStep: twoStep === true }
  return problem ? { ...row, problem } : row
}

/** Several names in one cell by `|`; the same one twice counts once. */
function readGroups(cell: string): string[] {
  const names = new Map<string, string>()
  for (const name of cell.split('|').map((part) => part.trim())) if (name) names.set(foldGroupName(name), name)
  return [...names.values()]
}

function readFlag(cell: string): boolean | undefined {
  const word = plain(cell)
  return YES.has(word) ? true : NO.has(word) ? false : undefined
}
