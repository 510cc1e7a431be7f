import { effect } from '@preact/signals'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEntryList } from '../../../desk/queue/entry-list.ts'
import type { Details } from '../../../protocol/details.ts'
import type { TicketHeader } from '../../../protocol/ticket.ts'
import { details, header, MARIE, offline, open, waiting } from './samples.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const known = (ticket: TicketHeader, presence = offline) => ({
  header: ticket,
  presence,
  held: 0,
  seen: 1,
  headerSeen: 1,
})

function list(of: ReadonlyMap<string, Details> = new Map()) {
  const kept = openEntryList(({ id }) => of.get(id), life.signal)
  const lookups = () => kept.entries.value.map((entry) => entry.header.lookup)
  return { ...kept, lookups }
}

test('an entry that did not change is the same object, and nothing is told where nothing changed', () => {
  const { entries, put } = list()
  put(header(1).id, known(header(1)))
  const one = header(2)
  put(one.id, known(one))
  const [first] = entries.value
  const before = entries.value
  put(one.id, { header: one, presence: offline, held: 0, seen: 9, headerSeen: 9 })
  expect(entries.value).toBe(before)
  put(one.id, known(one, waiting(5)))
  expect(entries.value[0]).toBe(first)
  expect(entries.value[1]?.presence).toEqual(waiting(5))
})

test('many changes are told once', () => {
  const { entries, put, remove, together, lookups } = list()
  let told = 0
  effect(() => {
    entries.value
    told += 1
  })
  together(() => {
    for (let number = 1; number <= 50; number++) put(header(number).id, known(header(number)))
    remove(header(1).id)
  })
  expect(told).toBe(2)
  expect(lookups()).toHaveLength(49)
})

test('what comes in bulk is known at once, and told a few times', () => {
  const { entries, put, remove, inBulk, bulkOver, known: knownOf, find, lookups } = list()
  let told = 0
  effect(() => {
    entries.value
    told += 1
  })
  for (let page = 0; page < 40; page++) {
    inBulk(() => {
      for (let number = 1; number <= 25; number++) {
        const one = header(page * 25 + number)
        put(one.id, known(one))
      }
    })
  }
  expect(knownOf(header(1_000).id)).toBeDefined()
  expect(lookups()).toContain('00025')
  remove(header(1_000).id)
  // What is heard of one of them meanwhile does not wait for the others.
  put(header(999).id, known(header(999), waiting(5)))
  expect(find(header(999).id)?.presence).toEqual(waiting(5))
  bulkOver()
  expect(lookups()).toHaveLength(999)
  expect(told).toBeLessThan(15)
  const before = told
  bulkOver()
  expect(told).toBe(before)
})

test('what is removed is gone, and the others are still found', () => {
  const { put, remove, find, lookups } = list()
  for (const number of [1, 2, 3]) put(header(number).id, known(header(number)))
  remove(header(1).id)
  remove(header(1).id)
  expect(lookups().sort()).toEqual(['00002', '00003'])
  expect(find(header(3).id)?.header.lookup).toBe('00003')
  expect(find(header(1).id)).toBeUndefined()
  remove(header(3).id)
  expect(lookups()).toEqual(['00002'])
})

test('details are read anew for the tickets that have others', () => {
  const of = new Map<string, Details>()
  const { put, renew, find } = list(of)
  put(header(1).id, known(header(1)))
  of.set(header(1).id, details({ name: 'Jean' }))
  renew([header(1).id, header(9).id])
  expect(find(header(1).id)?.details?.name).toBe('Jean')
})

test('what was asked for is shown and marked, and can be taken back', () => {
  const { put, ask, find, known: knownOf } = list()
  const free = header(1, { state: open(null) })
  put(free.id, known(free))
  ask(free.id, open(MARIE))
  expect(find(free.id)).toMatchObject({ asked: true, header: { state: open(MARIE) } })
  expect(knownOf(free.id)?.header.state).toEqual(open(null))
  ask(free.id, undefined)
  expect(find(free.id)).toMatchObject({ asked: false, header: free })
})
