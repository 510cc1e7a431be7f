import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_EMPTIED_RANGES } from '../../../protocol/limits.ts'
import { firstOutside, type Ranges, withRows } from '../../../signalling/log/emptied.ts'

const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength: 600 })
const isIn = (ranges: Ranges, seq: number) => ranges.some(([first, last]) => first <= seq && seq <= last)

test('L6 runs of emptied rows hold each of them, in as many steps as they come, and are never too many', () => {
  fc.assert(
    fc.property(seqs, seqs, (one, other) => {
      const ranges = withRows(withRows([], one), other)
      expect(ranges.length).toBeLessThanOrEqual(MAX_EMPTIED_RANGES)
      for (const seq of [...one, ...other]) expect(isIn(ranges, seq)).toBe(true)
      expect(
        ranges.every(([first, last], at) => first <= last && (at === 0 || first > (ranges[at - 1]?.[1] ?? 0) + 1)),
      ).toBe(true)
    }),
  )
})

test('L6 few runs hold nothing else, and the first row outside is the first one', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: MAX_EMPTIED_RANGES }),
      seqs,
      (said, empty) => {
        const ranges = withRows([], said)
        const outside = empty.filter((seq) => !said.includes(seq)).sort((one, next) => one - next)
        const found = withRows([], empty.slice(0, MAX_EMPTIED_RANGES))
        const wanted = empty
          .slice(0, MAX_EMPTIED_RANGES)
          .filter((seq) => !said.includes(seq))
          .sort((one, next) => one - next)
        expect(firstOutside(found, ranges)).toBe(wanted[0])
        expect(outside.length).toBeGreaterThanOrEqual(wanted.length)
      },
    ),
  )
})
