import { expect, test } from 'vitest'
import type { QueueEntry } from '../../../desk/queue/entry.ts'
import { divideQueue, orderQueue, statusOf } from '../../../desk/queue/order.ts'
import { details, entry, header, inSession, MARIE, offline, waiting } from './samples.ts'

const expired = (at: number) => ({ kind: 'expired', at, why: 'withdrawn', assignee: null, filed: false }) as const
const read = (entries: QueueEntry[]) =>
  divideQueue(orderQueue(entries)).map((part) => [part.status, part.entries.map(({ header: { lookup } }) => lookup)])

test('who waits longest is on top; parts without anybody are left out', () => {
  const entries = [
    entry(header(1), offline),
    entry(header(2), waiting(300)),
    entry(header(3), inSession(100)),
    entry(header(4), waiting(200)),
    entry(header(5), offline),
  ]
  expect(read(entries)).toEqual([
    ['waiting', ['00004', '00002']],
    ['in-session', ['00003']],
    ['absent', ['00005', '00001']],
  ])
})

test('a customer who is linked and whom nobody has answered still waits', () => {
  expect(statusOf(entry(header(1), inSession(100, false)))).toBe('waiting')
  expect(statusOf(entry(header(1), inSession(100, true)))).toBe('in-session')
})

test('the more pressing comes before who waits longer', () => {
  const entries = [
    entry(header(1), waiting(100), details({ priority: 'low' })),
    entry(header(2), waiting(200)),
    entry(header(3), waiting(300), details({ priority: 'urgent' })),
    entry(header(4), waiting(250), details({ priority: 'urgent' })),
  ]
  expect(read(entries)).toEqual([['waiting', ['00004', '00003', '00002', '00001']]])
})

test('what has ended comes last, the latest first, until it is dismissed', () => {
  const ended = (number: number, at: number) => entry(header(number, { state: expired(at) }), offline, details())
  const dismissed = entry(header(9, { state: expired(30) }))
  expect(read([ended(1, 10), entry(header(2)), ended(3, 20), dismissed])).toEqual([
    ['absent', ['00002']],
    ['ended', ['00003', '00001']],
  ])
})

test('what is resolved is not in the queue', () => {
  const resolved = { kind: 'resolved', assignee: MARIE, at: 10, by: MARIE } as const
  expect(read([entry(header(1, { state: resolved }), offline, details())])).toEqual([])
})
