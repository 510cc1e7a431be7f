import { expect, test } from 'vitest'
import { mayAssign, mayHandle, mayOpenCase, mayReopen } from '../../../desk/queue/rights.ts'
import { FIELD, header, MARIE, open, SUPPORT, TOM } from './samples.ts'

const marie = { id: MARIE, admin: false, groups: [SUPPORT] }
const tom = { id: TOM, admin: false, groups: [SUPPORT] }
const outsider = { id: TOM, admin: false, groups: [FIELD] }
const admin = { id: TOM, admin: true, groups: [] }

test('any member assigns; only who has it, or an admin, does the rest', () => {
  expect([marie, tom, outsider, admin].map((who) => mayAssign(header(1), who))).toEqual([true, true, false, true])
  expect([marie, tom, outsider, admin].map((who) => mayHandle(header(1), who))).toEqual([true, false, false, true])
})

test('any member handles what nobody has', () => {
  const nobodys = header(1, { state: open(null) })
  expect([marie, tom, outsider, admin].map((who) => mayHandle(nobodys, who))).toEqual([true, true, false, true])
})

test('a second reads the case; others of the group do not', () => {
  expect(mayOpenCase(header(1), tom)).toBe(false)
  expect(mayOpenCase(header(1, { seconds: [TOM] }), tom)).toBe(true)
  expect(mayOpenCase(header(1), admin)).toBe(true)
  expect(mayOpenCase(header(1, { state: open(null) }), marie)).toBe(false)
})

test('what is resolved is reopened by a member, and not handled otherwise', () => {
  const resolved = header(1, { state: { kind: 'resolved', assignee: MARIE, at: 10, by: MARIE } })
  expect([marie, tom, outsider, admin].map((who) => mayReopen(resolved, who))).toEqual([true, true, false, true])
  expect(mayHandle(resolved, marie)).toBe(false)
  expect(mayReopen(header(1), marie)).toBe(false)
})
