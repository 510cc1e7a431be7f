import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv, writeCsv } from '../../desk/csv.ts'
import { MAX_CSV_FILE, readCsvFile } from '../../desk/people/csv-file.ts'
import { readPeople, readPeopleFile } from '../../desk/people/csv-people.ts'
import { MAX_INVITATIONS } from '../../protocol/limits.ts'

const cells = async (text: string) => (await readCsv(text)).rows.map((row) => row.cells)
const people = async (text: string) => {
  const read = await readPeople(text)
  return read.kind === 'rows' ? read.rows : read
}
const anna = { line: 1, email: 'anna@a.example', groups: ['Support'], admin: false, twoStep: true }

describe('a CSV file', () => {
  test.each([
    [
      'commas',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'semicolons, with commas in a cell',
      'a;b, too\r\nc;d',
      [
        ['a', 'b, too'],
        ['c', 'd'],
      ],
    ],
    [
      'tabs',
      'a\tb\nc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['one column', 'a\nb', [['a'], ['b']]],
    [
      'a byte order mark and CRLF',
      '\ufeffa,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'the line ends of old Macs',
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'quotes',
      '"a, b","say ""hi"""\n"two\nlines",d',
      [
        ['a, b', 'say "hi"'],
        ['two\nlines', 'd'],
      ],
    ],
    ['quotes with the other delimiter in them', '"a;b;c",d', [['a;b;c', 'd']]],
    ['Excel’s own first line', 'sep=;\r\na;b', [['a', 'b']]],
    [
      'empty lines',
      'a,b\n\n , \nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
  ])('is read with %s', async (_, text, expected) => {
    expect(await cells(text)).toEqual(expected)
  })

  test('a line is numbered as a spreadsheet does, empty ones and Excel’s own counted', async () => {
    expect((await readCsv('a\n\nb')).rows.map(({ line }) => line)).toEqual([1, 3])
    expect((await readCsv('sep=;\na\nb')).rows.map(({ line }) => line)).toEqual([2, 3])
  })

  test.each(['=1+1', '+33 1', '-2', '@SUM(A1)', '\t=1', "'=1", "''@x"])(
    'the cell %j is written so that no spreadsheet runs it, and read back',
    async (cell) => {
      const written = await writeCsv([[cell, 'x']], 'en')
      expect(written.replace(/^\ufeff"?/, '')).toMatch(/^'/)
      expect(await cells(written)).toEqual([[cell, 'x']])
    },
  )

  test('semicolons are written where the comma is for decimals', async () => {
    expect(await writeCsv([['a', 'b']], 'en')).toBe('\ufeffa,b\r\n')
    expect(await writeCsv([['a', 'b']], 'fr')).toBe('\ufeffa;b\r\n')
  })

  test('whatever is written is read back the same', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', "'", '=', '+', '-', '@', '\n', '|') })
    const rows = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('en', 'fr'), async (written, language) => {
        expect(await cells(await writeCsv(written, language))).toEqual(written)
      }),
    )
  })
})

describe('people in a CSV', () => {
  test.each([
    ['no header', 'anna@a.example,Support,no,yes', 1],
    ['an English header', 'E-mail address,Group,Admin,2FA\nanna@a.example,Support,no,yes', 2],
    [
      'a French header',
      'Adresse e-mail;Groupe;Administrateur;Vérification en deux étapes\nanna@a.example;Support;non;oui',
      2,
    ],
    ['columns in another order, and one more', '2FA,Name,GROUPS,Courriel\ntrue,Anna,Support,anna@a.example', 2],
    ['figures and spaces', ' anna@a.example , Support , 0 , 1 ', 1],
  ])('are read with %s', async (_, text, line) => {
    expect(await people(text)).toEqual([{ ...anna, line }])
  })

  test.each(['yes', 'YES', 'y', 'oui', 'o', 'true', 'vrai', '1'])('%j is a yes', async (cell) => {
    expect(await people(`a@a.example,,${cell}`)).toMatchObject([{ admin: true, twoStep: false }])
  })

  test.each(['no', 'n', 'non', 'false', 'faux', 'FAUX', '0', ''])('%j is a no', async (cell) => {
    expect(await people(`a@a.example,,${cell}`)).toMatchObject([{ admin: false }])
  })

  test('anything else is neither, and said so', async () => {
    expect(await people('a@a.example,Support,maybe')).toMatchObject([
      { problem: { kind: 'not-yes-or-no', cell: 'maybe' } },
    ])
    // A comma that was not quoted moves the cells.
    expect(await people('a@a.example,Field, printers,no')).toMatchObject([{ problem: { cell: 'printers' } }])
  })

  test('several groups stand in one cell, the same one once', async () => {
    expect(await people('a@a.example,Support | Équipe A|SUPPORT||')).toMatchObject([
      { groups: ['SUPPORT', 'Équipe A'] },
    ])
  })

  test('a row that cannot be read has its problem, and harms no other', async () => {
    const rows = await people(`a@a.example,${'x'.repeat(81)}\nb@a.example,Support\nc@a.example,"Supp`)
    expect(rows).toMatchObject([
      { problem: { kind: 'bad-group-name' } },
      { email: 'b@a.example' },
      { problem: { kind: 'broken-quotes' } },
    ])
    const many = Array.from({ length: 21 }, (_, index) => `g${index}`).join('|')
    expect(await people(`a@a.example,${many}`)).toMatchObject([{ problem: { kind: 'too-many-groups' } }])
  })

  test('cells that look like formulas are data', async () => {
    expect(await people("a@a.example,=cmd()|@home\nb@a.example,'=cmd()")).toMatchObject([
      { groups: ['=cmd()', '@home'] },
      { groups: ['=cmd()'] },
    ])
  })

  test('a formula is data also behind a line break, spaces, what is not seen, or in wide characters, and is read as it was', async () => {
    const cells = ['\n=1+1', ' =1+1', '\u200b=1+1', '\u202e@home', '＝1+1', '＋1', '\u00a0\t-1', "'\n=1", '＠x']
    const file = await writeCsv([cells], 'en')
    expect(file.slice(1)).not.toMatch(/(^|,)"?[\s\p{Cf}]*[=+\-@＝＋－＠]/u)
    const { rows } = await readCsv(file)
    expect(rows.map((row) => row.cells)).toEqual([cells])
  })

  test('five hundred are read, one more refuses the file and is counted', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@a.example`).join('\n')
    expect(await people(`email\n${lines(MAX_INVITATIONS)}`)).toHaveLength(MAX_INVITATIONS)
    expect(await people(lines(MAX_INVITATIONS + 1))).toEqual({ kind: 'too-many-rows', count: MAX_INVITATIONS + 1 })
  })

  test('nobody, or nothing that is an address', async () => {
    expect(await people('')).toEqual({ kind: 'empty' })
    expect(await people('Email,Group\n')).toEqual({ kind: 'empty' })
    expect(await people('Group,Admin\nSupport,no')).toEqual({ kind: 'no-address-column' })
  })

  test('never throws, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect((await readPeople(text)).kind).toBeTypeOf('string')
      }),
    )
  })
})

describe('a file', () => {
  const bytes = (...values: number[]) => new Blob([new Uint8Array(values)])

  test('is read as UTF-8, as UTF-16, and as spreadsheets wrote before', async () => {
    expect(await readCsvFile(new Blob(['é']))).toEqual({ kind: 'text', text: 'é' })
    expect(await readCsvFile(bytes(0xff, 0xfe, 0xe9, 0x00))).toEqual({ kind: 'text', text: 'é' })
    expect(await readCsvFile(bytes(0xe9, 0x3b))).toEqual({ kind: 'text', text: 'é;' })
  })

  test.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]],
    ['a spreadsheet in its own format', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00]],
  ])('%s is not text', async (_, content) => {
    expect(await readPeopleFile(bytes(...content))).toEqual({ kind: 'not-text' })
  })

  test('that is too large is not read', async () => {
    const large = new Blob([new Uint8Array(MAX_CSV_FILE + 1)])
    expect(await readPeopleFile(large)).toEqual({ kind: 'too-large', bytes: MAX_CSV_FILE + 1 })
  })
})
