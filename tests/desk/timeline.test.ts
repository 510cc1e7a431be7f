import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { CaseEntry, CaseEvent } from '../../desk/case-entry.ts'
import { timelineOf } from '../../desk/timeline.ts'
import { TechnicianId } from '../../protocol/ids.ts'
import type { TicketEvent } from '../../protocol/rooms.ts'

const MARIE = v.parse(TechnicianId, 'marie')
const decided = (at: number, what: TicketEvent['what']): TicketEvent => ({
  at,
  by: MARIE,
  what,
  whom: null,
  group: null,
})
const event = (at: number, what: CaseEvent['what']): CaseEntry => ({ kind: 'event', id: `e${at}`, what, at })

test('what the server decided and what happened in the sessions stand in one order, with how long each connection was', () => {
  const history: CaseEntry[] = [
    event(20, 'connected'),
    { kind: 'message', id: 'm', from: 'customer', text: 'Hello', at: 21, delivered: true },
    event(25, 'screen-shared'),
    event(50, 'lost'),
    event(60, 'connected'),
    event(90, 'ended-by-customer'),
  ]
  const lines = timelineOf([decided(10, 'created'), decided(55, 'assigned'), decided(100, 'resolved')], history)
  expect(lines.map((line) => (line.kind === 'ticket' ? line.event.what : [line.what, line.lastedMs]))).toEqual([
    'created',
    ['connected', undefined],
    ['screen-shared', undefined],
    ['lost', 30],
    'assigned',
    ['connected', undefined],
    ['ended-by-customer', 30],
    'resolved',
  ])
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
})

test('an end without its beginning has no length', () => {
  expect(timelineOf([], [event(9, 'lost')])).toMatchObject([{ what: 'lost', lastedMs: undefined }])
})
