import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type InviteRow, judgeRows, readAddresses, unknownGroups } from '../../../desk/people/invite-rows.ts'
import { group, invitation, reply, technician } from './people-samples.ts'

describe('pasted addresses', () => {
  const read = (text: string) => readAddresses(text).map(({ email }) => email)

  test.each([
    ['commas', 'a@x.example,b@x.example, c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['spaces and lines', 'a@x.example b@x.example\r\n\tc@x.example\n', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['semicolons', 'a@x.example;b@x.example;', ['a@x.example', 'b@x.example']],
    ['names', 'Anna Lee <anna@x.example>, <b@x.example>', ['anna@x.example', 'b@x.example']],
    ['a name in quotes', '"Lee, Anna" <anna@x.example>; b@x.example', ['anna@x.example', 'b@x.example']],
    [
      'names without anything between',
      'Anna Lee <anna@x.example> Bo Li <bo@x.example>',
      ['anna@x.example', 'bo@x.example'],
    ],
    ['an address before a name', 'a@x.example Bo Li <bo@x.example>', ['a@x.example', 'bo@x.example']],
    [
      'names the wrong way round',
      'Lee, Anna <anna@x.example>; Li, Bo <bo@x.example>',
      ['anna@x.example', 'bo@x.example'],
    ],
    ['what a link copies', 'mailto:a@x.example', ['a@x.example']],
    ['spaces that are not seen', '\u200ba@x.example\u00a0b@x.example\ufeff', ['a@x.example', 'b@x.example']],
    ['what is no address, kept to be named', 'a@x.example, anna.x.example, @', ['a@x.example', 'anna.x.example', '@']],
    ['nothing', ' , ;\n', []],
  ])('are read with %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('any list of addresses comes back, whatever stands between', () => {
    const addresses = fc.array(fc.integer({ min: 0, max: 999 }).map((number) => `p${number}@x.example`))
    const between = fc.constantFrom(',', ', ', ' ', '\n', '\r\n', ';', ' ; ')
    const wrap = fc.constantFrom(...['%', '<%>', 'Anna Lee <%>', '"Lee, Anna" <%>'])
    fc.assert(
      fc.property(addresses, between, wrap, (list, separator, form) => {
        expect(read(list.map((address) => form.replace('%', address)).join(separator))).toEqual(list)
      }),
    )
  })
})

describe('verdicts', () => {
  const support = group('Support')
  const people = reply({
    groups: [support, group('Équipe A')],
    technicians: [technician('Marie', [support])],
    invitations: [invitation('tom@acme.example')],
  })
  let line = 0
  const row = (email: string, changes: Partial<InviteRow> = {}): InviteRow => {
    line += 1
    return { line, email, groups: [], admin: false, twoStep: false, ...changes }
  }
  const verdicts = (rows: InviteRow[], toCreate: string[] = [], mail: 'smtp' | 'outbox' = 'smtp') =>
    judgeRows(rows, people, { toCreate, mail }).map(({ verdict }) => verdict)

  test('an address must be one, and be new', () => {
    expect(
      verdicts([
        row('new@acme.example'),
        row('not an address'),
        row('a@acme.example\r\nBcc: b@acme.example'),
        row(`${'x'.repeat(320)}@acme.example`),
        row('MARIE@acme.example'),
        row('Tom@acme.example'),
      ]).map(({ kind }) => kind),
    ).toEqual([
      'ready',
      'malformed-address',
      'malformed-address',
      'malformed-address',
      'already-technician',
      'already-invited',
    ])
  })

  test('a duplicate names the line that has it first', () => {
    const first = row('new@acme.example')
    expect(verdicts([first, row('New@Acme.example')])).toEqual([
      { kind: 'ready' },
      { kind: 'duplicate', of: first.line },
    ])
  })

  test('groups are found by name, case, accents and further spaces aside', () => {
    const [judged] = judgeRows([row('a@acme.example', { groups: ['equipe  a', 'SUPPORT'] })], people, { mail: 'smtp' })
    expect(judged).toMatchObject({ verdict: { kind: 'ready' }, groups: [people.groups[1]?.id, support.id] })
  })

  test('a row with a group that is not created is refused whole', () => {
    const both = row('a@acme.example', { groups: ['Support', 'Field'] })
    expect(verdicts([both])).toEqual([{ kind: 'unknown-group', names: ['Field'] }])
    expect(verdicts([both], ['field'])).toEqual([{ kind: 'ready' }])
  })

  test('unknown groups are offered once, and not those of rows that cannot be read', () => {
    const rows = [
      row('a@acme.example', { groups: ['Field', 'Support'] }),
      row('b@acme.example', { groups: ['FIELD'] }),
      row('c@acme.example', { groups: ['Other'], problem: { kind: 'broken-quotes' } }),
    ]
    expect(unknownGroups(rows, people)).toEqual(['Field'])
    expect(verdicts(rows.slice(2))).toEqual([{ kind: 'broken-quotes' }])
  })

  test('without a mail server nobody is asked for a second step', () => {
    const rows = [row('a@acme.example', { twoStep: true }), row('b@acme.example')]
    expect(verdicts(rows, [], 'outbox').map(({ kind }) => kind)).toEqual(['no-mail', 'ready'])
  })
})
