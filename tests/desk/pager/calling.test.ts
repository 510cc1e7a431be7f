import { expect, test } from 'vitest'
import { acted, NOBODY_CALLED, nextPager, type Situation, waitingSince } from '../../../desk/pager/calling.ts'
import { call, ticketId } from './samples.ts'

const SECOND = 1000
const START = 1_000_000
const awake: Omit<Situation, 'calls'> = { quiet: { kind: 'awake' }, repeat: true }
const first = call(1, START)
const second = call(2, START)

test('who comes is called for once, and then again after 30 s, 1, 2 and 5 minutes', () => {
  let { calling, call, nextAt } = nextPager(NOBODY_CALLED, { ...awake, calls: [first] }, START)
  expect(call).toEqual([first])
  const gaps: number[] = []
  let now = START
  for (let turn = 0; turn < 6; turn++) {
    expect(nextPager(calling, { ...awake, calls: [first] }, (nextAt ?? 0) - 1).call).toEqual([])
    gaps.push(((nextAt ?? 0) - now) / SECOND)
    now = nextAt ?? 0
    ;({ calling, call, nextAt } = nextPager(calling, { ...awake, calls: [first] }, now))
    expect(call).toEqual([first])
  }
  expect(gaps).toEqual([30, 60, 120, 300, 300, 300])
})

test('nobody is called again where that is off', () => {
  const once = { ...awake, repeat: false, calls: [first] }
  const { calling, nextAt } = nextPager(NOBODY_CALLED, once, START)
  expect(nextAt).toBeNull()
  expect(nextPager(calling, once, START + 3_600 * SECOND).call).toEqual([])
})

test('another one who comes is called for alone, and begins the times anew', () => {
  const { calling } = nextPager(NOBODY_CALLED, { ...awake, calls: [first] }, START)
  const both = { ...awake, calls: [first, second] }
  const later = nextPager(calling, both, START + 20 * SECOND)
  expect(later).toMatchObject({ call: [second], nextAt: START + 50 * SECOND })
  expect(nextPager(later.calling, both, START + 50 * SECOND).call).toEqual([first, second])
})

test('whoever acts is left alone for the first of the times', () => {
  let { calling } = nextPager(NOBODY_CALLED, { ...awake, calls: [first] }, START)
  ;({ calling } = nextPager(calling, { ...awake, calls: [first] }, START + 30 * SECOND))
  const next = nextPager(acted(calling, START + 80 * SECOND), { ...awake, calls: [first] }, START + 90 * SECOND)
  expect(next).toMatchObject({ call: [], nextAt: START + 110 * SECOND })
})

test('while it is quiet nobody is called; whoever still waits afterwards is', () => {
  const until = START + 600 * SECOND
  const quiet = { ...awake, calls: [first], quiet: { kind: 'quiet', until } } as const
  const { calling, call, nextAt } = nextPager(NOBODY_CALLED, quiet, START)
  expect([call, nextAt]).toEqual([[], until])
  expect(nextPager(calling, { ...awake, calls: [first] }, until).call).toEqual([first])
  expect(nextPager(calling, { ...awake, calls: [] }, until).call).toEqual([])
})

test('a page that is loaded again is no new customer; who comes back after a minute is', () => {
  const { calling } = nextPager(NOBODY_CALLED, { ...awake, repeat: false, calls: [first] }, START)
  const gone = nextPager(calling, { ...awake, repeat: false, calls: [] }, START + 5 * SECOND).calling
  const back = (now: number) => nextPager(gone, { ...awake, repeat: false, calls: [call(1, now)] }, now)
  expect(back(START + 64 * SECOND).call).toEqual([])
  expect(back(START + 65 * SECOND).call).toEqual([call(1, START + 65 * SECOND)])
})

test('the wait is counted from its beginning, although a link that came up by itself begins later', () => {
  const { calling } = nextPager(NOBODY_CALLED, { ...awake, calls: [first] }, START)
  const linked = call(1, START + 10 * SECOND, 'mine')
  expect(waitingSince(calling, linked)).toBe(START)
  expect(waitingSince(NOBODY_CALLED, linked)).toBe(START + 10 * SECOND)
})

test('what is kept has only those who wait', () => {
  const { calling } = nextPager(NOBODY_CALLED, { ...awake, calls: [first, second] }, START)
  const gone = nextPager(calling, { ...awake, calls: [second] }, START + SECOND).calling
  const later = nextPager(gone, { ...awake, calls: [second] }, START + 100 * SECOND).calling
  expect([...later.tickets.keys()]).toEqual([ticketId(2)])
})
