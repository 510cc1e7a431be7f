import { randomInt } from 'node:crypto'
import * as v from 'valibot'

/** Crockford's base 32 without letters that look like digits. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const COUNT = 10
const LENGTH = 10

/** Ten codes such as `k3f9q-07xzb`, 50 bits each. */
export function drawRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
    return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
  })
}

/** A code as people type it, in the form in which it was drawn. */
export function readRecoveryCode(typed: string): string {
  const plain = typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
  return `${plain.slice(0, LENGTH / 2)}-${plain.slice(LENGTH / 2)}`
}

/** The form in which the two-factor plugin keeps the codes that are left, before it is encrypted. */
export const StoredCodes = v.pipe(v.string(), v.parseJson(), v.array(v.string()))
