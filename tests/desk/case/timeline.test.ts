import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { CaseEntry, CaseEvent } from '../../../desk/case/case-entry.ts'
import { timelineOf } from '../../../desk/case/timeline.ts'
import { TechnicianId } from '../../../protocol/ids.ts'
import type { TicketEvent } from '../../../protocol/rooms.ts'

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
  const lines = timelineOf({
    events: [decided(10, 'created'), decided(55, 'assigned'), decided(100, 'resolved')],
    history,
  })
  expect(
    lines.map((line) =>
      line.kind === 'session' ? [line.what, line.lastedMs] : line.kind === 'ticket' && line.event.what,
    ),
  ).toEqual([
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
  expect(timelineOf({ events: [], history: [event(9, 'lost')] })).toMatchObject([{ what: 'lost', lastedMs: undefined }])
})

test('an arrival that two browsers wrote down is one line, and says whose browser wrote it; notes stand where they were written', () => {
  const by = (entry: CaseEntry, id: string): CaseEntry => ({ ...entry, id, by: MARIE })
  const came = event(20, 'customer-came')
  const history = [by(came, 'one'), by(came, 'two'), event(30, 'customer-left'), event(40, 'customer-came')]
  const handOvers = [{ by: MARIE, to: null, note: 'Try the lamp', at: 35 }]
  const lines = timelineOf({ events: [], history, handOvers })
  expect(lines).toMatchObject([
    { kind: 'session', what: 'customer-came', by: MARIE, id: 'one' },
    { kind: 'session', what: 'customer-left', by: undefined },
    { kind: 'note', handOver: { note: 'Try the lamp' } },
    { kind: 'session', what: 'customer-came', at: 40 },
  ])
})
