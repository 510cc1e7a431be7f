import * as v from 'valibot'
import { expect, test } from 'vitest'
import { toldOfCall, toldOfConsent, toldOfMedia, toldOfTransfer } from '../../../desk/log/told.ts'
import type { MediaItem } from '../../../desk/media/media-item.ts'
import type { Call } from '../../../peer/call/call-rules.ts'
import { CallId } from '../../../protocol/call.ts'
import { Consent } from '../../../protocol/consent.ts'
import { TransferId } from '../../../protocol/files.ts'
import { TechnicianId, TicketId } from '../../../protocol/ids.ts'
import { ToldEvent } from '../../../protocol/log-event.ts'
import { MediaId } from '../../../protocol/media.ts'

const ID = 'x'.repeat(22)

test('L2 a consent is told by topic and outcome, without what it was about', () => {
  const consent = (state: unknown) =>
    v.parse(Consent, { id: ID, what: 'file', detail: 'salaries.xlsx', to: 'Marie Blanc', state })
  expect(toldOfConsent(consent({ kind: 'asked' }))).toBeUndefined()
  const told = toldOfConsent(consent({ kind: 'granted', at: 1 }))
  expect(told).toEqual({ what: 'consent', id: ID, topic: 'file', outcome: 'granted' })
  expect(v.is(ToldEvent, told)).toBe(true)
})

test('L2 files are told when they are over, by count and size', () => {
  const transfer = {
    id: v.parse(TransferId, ID),
    direction: 'receiving' as const,
    at: 1,
    count: 3,
    bytes: 900,
    first: [],
  }
  expect(toldOfTransfer({ ...transfer, state: { kind: 'offered' } })).toBeUndefined()
  const state = { kind: 'done' as const, at: 2, tookMs: 1, whole: 2, failed: [] }
  expect(toldOfTransfer({ ...transfer, state })).toEqual({
    what: 'files',
    id: ID,
    direction: 'received',
    outcome: 'done',
    count: 2,
    bytes: 900,
  })
})

test('L2 snapshots and recordings are told, a customer’s own picture is not', () => {
  const item: Omit<MediaItem, 'kind' | 'state'> = {
    id: v.parse(MediaId, ID),
    technician: v.parse(TechnicianId, 'a'),
    ticket: v.parse(TicketId, ID),
    number: 1,
    at: 1,
    type: 'image/png',
    bytes: 1,
    width: 1,
    height: 1,
  }
  const whats = (more: Pick<MediaItem, 'kind' | 'state'>) => toldOfMedia({ ...item, ...more }).map(({ what }) => what)
  expect(whats({ kind: 'picture', state: { kind: 'kept' } })).toEqual([])
  expect(whats({ kind: 'snapshot', state: { kind: 'kept' } })).toEqual(['snapshot'])
  expect(whats({ kind: 'recording', state: { kind: 'unfinished' } })).toEqual(['recording-began'])
  expect(whats({ kind: 'recording', state: { kind: 'film', durationMs: 1.5 } })).toEqual([
    'recording-began',
    'recording-ended',
  ])
})

test('L2 S9 a call is told when it is on and when it is over, not when it rings in vain', () => {
  const id = v.parse(CallId, ID)
  const theirs = {} as Extract<Call, { kind: 'on' }>['theirs']
  const none: Call = { kind: 'none', last: undefined }
  const ringing: Call = { kind: 'ringing', id, video: true, since: 1, theirs }
  const on: Call = { kind: 'on', id, since: 1000, theirs }
  expect(toldOfCall(none, ringing, 1)).toEqual([])
  expect(toldOfCall(ringing, none, 1)).toEqual([])
  expect(toldOfCall(ringing, on, 1000)).toEqual([{ what: 'call-began', id }])
  // Muted, or a camera turned off.
  expect(toldOfCall(on, { ...on }, 2000)).toEqual([])
  const ended = toldOfCall(on, none, 5000)
  expect(ended).toEqual([{ what: 'call-ended', id, durationMs: 4000 }])
  expect(ended.every((event) => v.is(ToldEvent, event))).toBe(true)
  const other = v.parse(CallId, 'y'.repeat(22))
  expect(toldOfCall(on, { ...on, id: other }, 5000).map(({ what }) => what)).toEqual(['call-ended', 'call-began'])
})
