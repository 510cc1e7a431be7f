import { expect, test } from 'vitest'
import type { ScreenView } from '../../../desk/session/attendance-state.ts'
import { withQuestion } from '../../../desk/session/screen-question.ts'

const NOT_YET: ScreenView = { kind: 'not-shared', why: 'not-yet' }
const SHARED: ScreenView = { kind: 'shared', number: 1, surface: 'window', mode: 'automatic', since: 7 }

test('the question of the ledger is what the stage says', () => {
  const asked = withQuestion(NOT_YET, { asked: 5 })
  expect(asked).toEqual({ kind: 'asked', since: 5 })
  expect(withQuestion(asked, { asked: 5 }), 'it is asked once').toBe(asked)
  expect(withQuestion(asked, undefined), 'taken back').toEqual(NOT_YET)
})

test('what is shown, or why nothing is, stays as it is', () => {
  expect(withQuestion(SHARED, { asked: 5 }), 'asked for another one').toBe(SHARED)
  expect(withQuestion(SHARED, undefined)).toBe(SHARED)
  const declined: ScreenView = { kind: 'not-shared', why: 'declined' }
  expect(withQuestion(declined, undefined)).toBe(declined)
})
