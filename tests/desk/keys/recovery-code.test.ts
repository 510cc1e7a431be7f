import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawRecoveryCode, readRecoveryCode } from '../../../desk/keys/recovery-code.ts'

const SHAPE = /^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/

test('a recovery code is six groups of five that nobody mixes up, and never twice the same', () => {
  const drawn = Array.from({ length: 200 }, drawRecoveryCode)
  expect(drawn.filter((code) => !SHAPE.test(code))).toEqual([])
  expect(new Set(drawn).size).toBe(200)
  expect(new Set(drawn.join('').replaceAll('-', '')).size).toBe(32)
})

/** How people copy: in small letters, with letters for digits, with whatever between the groups. */
const typed = fc.record({
  small: fc.boolean(),
  zero: fc.constantFrom('0', 'O', 'o'),
  one: fc.constantFrom('1', 'I', 'i', 'L', 'l'),
  between: fc.constantFrom('', '-', ' ', ' - ', '\u2013', '.', '\n', '\u00a0'),
  around: fc.constantFrom('', ' ', '\t', '\u200b'),
})

test('whatever way it is typed, it is read as it was printed', () => {
  fc.assert(
    fc.property(fc.nat(), typed, (_, { small, zero, one, between, around }) => {
      const code = drawRecoveryCode()
      const plain = small ? code.toLowerCase() : code
      const copied = plain.replaceAll('0', zero).replaceAll('1', one).replaceAll('-', between)
      expect(readRecoveryCode(around + copied + around)).toBe(code)
    }),
  )
})

test('what cannot be a recovery code is none', () => {
  const code = drawRecoveryCode()
  expect(readRecoveryCode(code.slice(1))).toBeUndefined()
  expect(readRecoveryCode(`${code}0`)).toBeUndefined()
  expect(readRecoveryCode(`U${code.slice(1)}`)).toBeUndefined()
  expect(readRecoveryCode(`é${code.slice(1)}`)).toBeUndefined()
  expect(readRecoveryCode('')).toBeUndefined()
})
