import { expect, test } from 'vitest'
import { countWritten } from '../../peer/written.ts'

function writer() {
  let now = 0
  const written = countWritten(() => now)
  /** How many of these are taken, one each `apart` ms. */
  const taken = (count: number, text: string, apart = 0) => {
    let good = 0
    for (let at = 0; at < count; at += 1) {
      now += apart
      if (written.takes(text)) good += 1
    }
    return good
  }
  return { taken }
}

test('a person who types for an hour, and what waited for a link, is taken whole', () => {
  expect(writer().taken(300, 'Still there?')).toBe(300)
  expect(writer().taken(1200, 'It says that the printer is not there.', 3000)).toBe(1200)
})

test('many at once are too many, and so are long ones that follow each other', () => {
  expect(writer().taken(5000, 'x')).toBe(300)
  const hour = writer().taken(7200, 'x'.repeat(4000), 500)
  expect(hour * 4000, 'characters in an hour').toBeLessThan(1_000_000)
})
