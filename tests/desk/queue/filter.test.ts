import { expect, test } from 'vitest'
import type { QueueEntry } from '../../../desk/queue/entry.ts'
import { countQueue, EVERYTHING, matches, type QueueFilter } from '../../../desk/queue/filter.ts'
import { details, entry, FIELD, header, inSession, MARIE, offline, open, SUPPORT, TOM, waiting } from './samples.ts'

const mine = entry(header(1), waiting(10), details({ priority: 'high', tags: ['printer'] }))
const toms = entry(header(2, { state: open(TOM) }), inSession(10), details({ tags: ['vpn', 'printer'] }))
const invited = entry(header(3, { state: open(TOM), seconds: [MARIE] }), offline, details())
const nobodys = entry(header(4, { state: open(null), group: FIELD }), offline, details())
const bare = entry(header(5, { state: open(null) }), offline)
const all = [mine, toms, invited, nobodys, bare]
const look = { me: MARIE, isPressing: (each: QueueEntry) => each === toms || each === bare }
const found = (filter: Partial<QueueFilter>) => all.filter((each) => matches(each, { ...EVERYTHING, ...filter }, look))

test('mine is what I have and what I was invited to', () => {
  expect(found({ whose: 'mine' })).toEqual([mine, invited])
  expect(found({ whose: 'unassigned' })).toEqual([nobodys, bare])
})

test('group, status, priority and tag; all of them must fit', () => {
  expect(found({ group: FIELD })).toEqual([nobodys])
  expect(found({ status: 'in-session' })).toEqual([toms])
  expect(found({ priority: 'high' })).toEqual([mine])
  expect(found({ priority: 'normal' })).toEqual([toms, invited, nobodys, bare])
  expect(found({ tag: 'printer' })).toEqual([mine, toms])
  expect(found({ tag: 'printer', whose: 'mine', group: SUPPORT })).toEqual([mine])
})

test('each choice is counted as if it were chosen beside the others', () => {
  const counts = countQueue(all, { whose: 'mine', tag: 'printer' }, look)
  expect(counts.whose).toEqual({ all: 2, mine: 1, unassigned: 0 })
  expect([...counts.tags]).toEqual([['printer', 1]])
  expect([...counts.groups]).toEqual([[SUPPORT, 1]])
  const plain = countQueue(all, EVERYTHING, look)
  expect(plain.whose).toEqual({ all: 5, mine: 2, unassigned: 2 })
  expect(plain.statuses.get('absent')).toBe(3)
  expect([...plain.tags.keys()]).toEqual(['printer', 'vpn'])
})

test('what is late or soon will be, and how many', () => {
  expect(found({ pressing: true })).toEqual([toms, bare])
  expect(found({ pressing: true, whose: 'mine' })).toEqual([])
  expect(countQueue(all, { whose: 'unassigned' }, look).pressing).toBe(1)
  expect(countQueue(all, { whose: 'all', pressing: true }, look).pressing).toBe(2)
})
