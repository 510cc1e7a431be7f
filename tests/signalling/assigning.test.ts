import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { TechnicianId } from '../../protocol/ids.ts'
import { type Candidate, chooseAssignee } from '../../signalling/tickets/assigning.ts'

const idOf = (name: string) => v.parse(TechnicianId, name)
const NOBODY = new Set<TechnicianId>()
const mode = fc.constantFrom('round-robin' as const, 'least-busy' as const)
const team = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('ada', 'grace', 'linus', 'marie', 'omar').map(idOf),
      customers: fc.nat(3),
      tickets: fc.nat(9),
      givenAt: fc.option(fc.integer({ min: 1, max: 100 })),
    }),
    { selector: ({ id }) => id },
  )
  .map((found): Candidate[] => found)

const of = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  id: idOf(name),
  customers: 0,
  tickets: 0,
  givenAt: null,
  ...more,
})

test('off gives nobody anything, and nobody is given anything who is not there', () => {
  fc.assert(fc.property(team, (present) => chooseAssignee('off', present, NOBODY) === undefined))
  expect(chooseAssignee('round-robin', [], NOBODY)).toBeUndefined()
})

test('it is somebody present from whom it did not come back, if there is one, in whatever order they stand', () => {
  fc.assert(
    fc.property(mode, team, fc.nat(31), (mode, present, mask) => {
      const passedOver = new Set(present.filter((_, place) => mask & (1 << place)).map(({ id }) => id))
      const chosen = chooseAssignee(mode, present, passedOver)
      const left = present.filter(({ id }) => !passedOver.has(id)).map(({ id }) => id)
      if (left.length === 0) expect(chosen).toBeUndefined()
      else expect(left).toContain(chosen)
      expect(chooseAssignee(mode, present.toReversed(), passedOver)).toBe(chosen)
    }),
  )
})

test('in turn: over as many customers as there are people, each is given one', () => {
  fc.assert(
    fc.property(team, (present) => {
      let now = 1000
      let state = present
      const given = present.map(() => {
        const id = chooseAssignee('round-robin', state, NOBODY)
        now += 1
        state = state.map((one) => (one.id === id ? { ...one, givenAt: now } : one))
        return id
      })
      expect(new Set(given).size).toBe(present.length)
    }),
  )
})

test('the least busy has the fewest customers there, then the fewest tickets, then the turn', () => {
  fc.assert(
    fc.property(team, (present) => {
      const chosen = present.find(({ id }) => id === chooseAssignee('least-busy', present, NOBODY))
      for (const other of present) expect(chosen?.customers).toBeLessThanOrEqual(other.customers)
    }),
  )
  const present = [of('ada', { customers: 1 }), of('grace', { tickets: 5 }), of('linus', { tickets: 5, givenAt: 9 })]
  expect(chooseAssignee('least-busy', present, NOBODY)).toBe('grace')
  expect(chooseAssignee('least-busy', present, new Set([idOf('grace')]))).toBe('linus')
})
