import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderByDue, orderQueue, statusOf } from '../../../desk/queue/order.ts'
import { isPressing, serviceLevel, targetsOf } from '../../../desk/queue/service-level.ts'
import { entry, FIELD, header, inSession, MARIE, offline, open, SUPPORT, waiting } from './samples.ts'

const MINUTE = 60_000
const NONE = { answerMinutes: null, resolveMinutes: null }
const answer = { answerMinutes: 20, resolveMinutes: null }
const resolve = { answerMinutes: null, resolveMinutes: 60 }
const both = { answerMinutes: 20, resolveMinutes: 60 }

test('a first answer is due from when the customer came; in the last quarter soon, then missed', () => {
  const waits = entry(header(1), waiting(5 * MINUTE))
  const due = 25 * MINUTE
  const at = (now: number) => serviceLevel(waits, answer, now)
  expect(at(5 * MINUTE)).toMatchObject({ kind: 'running', target: 'answer', due })
  expect(at(20 * MINUTE - 1).kind).toBe('running')
  expect(at(20 * MINUTE)).toMatchObject({ kind: 'soon', target: 'answer', due })
  expect(at(due - 1).kind).toBe('soon')
  expect(at(due)).toMatchObject({ kind: 'missed', target: 'answer', due })
  expect([at(5 * MINUTE), at(20 * MINUTE), at(due)].map(isPressing)).toEqual([false, true, true])
})

test('nobody owes an answer who gave one, or to a customer who is not there; a link alone is none', () => {
  const now = 100 * MINUTE
  const kind = (changes: Parameters<typeof header>[1], presence = waiting(0)) =>
    serviceLevel(entry(header(1, changes), presence), answer, now).kind
  expect(kind({})).toBe('missed')
  expect(kind({}, offline)).toBe('none')
  expect(kind({}, inSession(0, false))).toBe('missed')
  expect(kind({}, inSession(0, true))).toBe('none')
  // Answered before, and waits again: that is no first answer.
  expect(kind({ answeredAt: MINUTE })).toBe('none')
})

test('a resolution is due from when the ticket was opened last, whoever is there, as long as it is open', () => {
  const reopened = header(1, { openedAt: 30 * MINUTE, answeredAt: 31 * MINUTE })
  expect(serviceLevel(entry(reopened), resolve, 90 * MINUTE - 1)).toMatchObject({ kind: 'soon', due: 90 * MINUTE })
  expect(serviceLevel(entry(reopened, inSession(0)), resolve, 90 * MINUTE).kind).toBe('missed')
  const state = { kind: 'resolved', assignee: MARIE, at: 40 * MINUTE, by: MARIE } as const
  expect(serviceLevel(entry({ ...reopened, state }), resolve, 500 * MINUTE)).toEqual({ kind: 'none' })
})

test('of two promises the one that is due first is told, until it is kept', () => {
  const late = header(1, { openedAt: 0 })
  expect(serviceLevel(entry(late, waiting(0)), both, MINUTE)).toMatchObject({ target: 'answer' })
  expect(serviceLevel(entry(late, waiting(50 * MINUTE)), both, 51 * MINUTE)).toMatchObject({ target: 'resolve' })
  expect(serviceLevel(entry({ ...late, answeredAt: 1 }, waiting(0)), both, MINUTE)).toMatchObject({ target: 'resolve' })
})

test('a group that promises nothing has nothing due', () => {
  expect(serviceLevel(entry(header(1), waiting(0)), NONE, MINUTE)).toEqual({ kind: 'none' })
  expect(serviceLevel(entry(header(1), waiting(0)), undefined, MINUTE)).toEqual({ kind: 'none' })
  const group = { id: SUPPORT, name: 'Support', assignment: 'off', silentMinutes: null } as const
  expect([
    ...targetsOf([
      { ...group, ...NONE },
      { ...group, id: FIELD, ...answer },
    ]),
  ]).toEqual([[FIELD, answer]])
})

test('as time goes by it only goes from running to soon to missed', () => {
  const kinds = ['running', 'soon', 'missed']
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1440 }),
      fc.integer({ min: 1, max: 43_200 }),
      fc.integer({ min: 0, max: 10 ** 9 }),
      fc.array(fc.integer({ min: 0, max: 4 * 10 ** 9 })),
      (answerMinutes, resolveMinutes, since, times) => {
        const waits = entry(header(1, { openedAt: since }), waiting(since))
        const seen = times
          .toSorted((one, other) => one - other)
          .map((now) => kinds.indexOf(serviceLevel(waits, { answerMinutes, resolveMinutes }, now).kind))
        expect(seen).toEqual(seen.toSorted((one, other) => one - other))
        expect(seen).not.toContain(-1)
      },
    ),
  )
})

test('ordered by what is due, whoever waits stays first, and what is not due comes last as it was', () => {
  const now = 10 * MINUTE
  const late = entry(header(1, { openedAt: 0 }))
  const later = entry(header(2, { openedAt: 5 * MINUTE }))
  const other = entry(header(3, { group: FIELD }))
  const another = entry(header(4, { group: FIELD }))
  const waits = entry(header(5, { openedAt: 9 * MINUTE, state: open(null) }), waiting(0))
  const levelOf = (one: typeof late) => serviceLevel(one, one.header.group === SUPPORT ? resolve : undefined, now)
  const usual = orderQueue([late, later, other, another, waits])
  expect(usual.map(statusOf)).toEqual(['waiting', 'absent', 'absent', 'absent', 'absent'])
  expect(usual).toEqual([waits, another, other, later, late])
  expect(orderByDue(usual, levelOf)).toEqual([waits, late, later, another, other])
})
