import { expect, test } from 'vitest'
import { afterConflict } from '../../../desk/queue/after-conflict.ts'
import { FIELD, header, MARIE, open, TOM } from './samples.ts'

const free = header(1, { state: open(null) })
const newer = (changes: Parameters<typeof header>[1]) => header(1, { version: 3, state: open(null), ...changes })
const resolved = { kind: 'resolved', assignee: TOM, at: 10, by: TOM } as const
const claim = { kind: 'assign', assignee: MARIE } as const

test('a claim: again while nobody has it, overtaken once somebody does', () => {
  expect(afterConflict(claim, free, newer({ seconds: [TOM] }))).toBe('again')
  expect(afterConflict(claim, free, newer({ state: open(TOM) }))).toBe('overtaken')
  expect(afterConflict(claim, free, newer({ state: open(MARIE) }))).toBe('done')
  expect(afterConflict(claim, free, newer({ state: resolved }))).toBe('overtaken')
  expect(afterConflict(claim, free, newer({ group: FIELD }))).toBe('overtaken')
})

test('taking it from somebody: not from somebody else', () => {
  const toms = header(1, { state: open(TOM) })
  expect(afterConflict(claim, toms, newer({ state: open(TOM) }))).toBe('again')
  expect(afterConflict(claim, toms, newer({ state: open(null) }))).toBe('overtaken')
})

test('what is as it was wanted is done', () => {
  expect(afterConflict({ kind: 'move', group: FIELD, sealed: '' }, free, newer({ group: FIELD }))).toBe('done')
  expect(afterConflict({ kind: 'resolve', sealed: '' }, free, newer({ state: resolved }))).toBe('done')
  expect(afterConflict({ kind: 'second', technician: TOM, invited: true }, free, newer({ seconds: [TOM] }))).toBe(
    'done',
  )
  const dead = { kind: 'expired', at: 10, why: 'guessed', assignee: null, filed: false } as const
  expect(afterConflict({ kind: 'expire', why: 'withdrawn' }, free, newer({ state: dead }))).toBe('done')
})

test('a code that was guessed at dies, whoever has it by now', () => {
  expect(afterConflict({ kind: 'expire', why: 'guessed' }, free, newer({ state: open(TOM) }))).toBe('again')
  expect(afterConflict({ kind: 'expire', why: 'withdrawn' }, free, newer({ state: open(TOM) }))).toBe('overtaken')
})

test('a ticket that was reopened by somebody else is theirs', () => {
  const before = header(1, { state: resolved })
  expect(afterConflict({ kind: 'reopen' }, before, newer({ state: open(TOM) }))).toBe('overtaken')
  expect(afterConflict({ kind: 'reopen' }, before, newer({ state: resolved }))).toBe('again')
})
