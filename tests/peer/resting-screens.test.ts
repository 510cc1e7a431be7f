import { expect, test } from 'vitest'
import { restingScreens } from '../../peer/resting-screens.ts'
import type { ScreenState } from '../../protocol/link.ts'
import { linkPair } from './link-pair.ts'

/** The resting of a page that shows these, the first one first. */
function page(...numbers: number[]) {
  const life = new AbortController()
  const { technician, customer } = linkPair(life.signal)
  const [first = 1, ...further] = numbers
  const state: ScreenState = { kind: 'shared', number: first, surface: 'window', mode: 'automatic', since: 1 }
  const resting = restingScreens({ state, further: { list: further.map((number) => ({ number })) } }, customer)
  let changes = 0
  resting.onChange(() => {
    changes += 1
  })
  return {
    look: (number: number | null) => technician.send({ type: 'screen-looked', number }),
    rest: () => numbers.filter((number) => resting.rests(number)),
    changes: () => changes,
  }
}

test('nothing rests before the technician says what is looked at, nor with all of them side by side', () => {
  const { look, rest } = page(1, 2, 3)
  expect(rest()).toEqual([])
  look(2)
  expect(rest()).toEqual([1, 3])
  look(null)
  expect(rest()).toEqual([])
})

test('the only screen, and those beside one that is gone, go on', () => {
  const alone = page(1)
  alone.look(1)
  expect(alone.rest()).toEqual([])
  alone.look(2)
  expect(alone.rest()).toEqual([])
  const { look, rest } = page(2, 4)
  look(3)
  expect(rest()).toEqual([])
})

test('the same said again is no change', () => {
  const { look, changes } = page(1, 2)
  look(2)
  look(2)
  expect(changes()).toBe(1)
})
