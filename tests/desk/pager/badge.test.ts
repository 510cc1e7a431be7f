import { expect, test } from 'vitest'
import { badgeColour, badgeFor, badgeText } from '../../../desk/pager/badge.ts'

const AMBER = '#a84f07'
const GREY = '#5b6470'
const RED = '#c8281d'
const seen = (...of: Parameters<typeof badgeFor>) => [badgeText(badgeFor(...of)), badgeColour(badgeFor(...of))]

test('the badge counts who waits, and is grey while that calls nobody', () => {
  expect(seen('open', 0, false)[0]).toBe('')
  expect(seen('open', 2, false)).toEqual(['2', AMBER])
  expect(seen('open', 2, true)).toEqual(['2', GREY])
  expect(seen('open', 0, true)[0]).toBe('')
  expect(seen('open', 100, false)).toEqual(['99+', AMBER])
})

test('the badge says where nobody would be heard of', () => {
  expect(seen('lost', 2, false)).toEqual(['?', GREY])
  expect(seen('sign-in-over', 2, false)).toEqual(['!', RED])
  expect(seen('signed-out', 2, false)[0]).toBe('')
})
