import * as v from 'valibot'
import { expect, test } from 'vitest'
import { keptHere, keptLines } from '../../../components/session/session-kept.ts'
import type { CaseEntry } from '../../../desk/case/case-entry.ts'
import type { ListedMedia } from '../../../desk/case/case-media.ts'
import { type Consent, ConsentId } from '../../../protocol/consent.ts'
import { TechnicianId } from '../../../protocol/ids.ts'
import { MediaId } from '../../../protocol/media.ts'

const message = (at: number): CaseEntry => {
  return { kind: 'message', id: 'm'.repeat(22), from: 'customer', text: 'Hello', at, delivered: true }
}
const offered = (at: number): Consent => {
  return { id: v.parse(ConsentId, 'c'.repeat(22)), what: 'screen', to: 'Marie', state: { kind: 'granted', at } }
}
const kept = (kind: ListedMedia['kind'], at: number): ListedMedia => {
  const by = v.parse(TechnicianId, 'marie')
  return { id: v.parse(MediaId, `m${at}`.padEnd(22, 'm')), kind, number: 1, at, by, bytes: 9, width: 2, height: 2 }
}
const nothing = { history: [], consents: [], notes: ' \n', media: [], files: [], began: 10, ended: 20 }

test('what there was nothing of is left out', () => {
  expect(keptLines(nothing)).toEqual([])
})

test('what was said and allowed during this session is counted, not what was before', () => {
  const history: CaseEntry[] = [message(5), message(10), message(15)]
  const consents = [offered(9), offered(12), { ...offered(30), asked: 13 }]
  expect(keptLines({ ...nothing, history, consents, notes: 'Lamp ordered' })).toEqual([
    'Messages: 2',
    'Permissions asked for or given: 2',
    'Notes',
  ])
})

test('images and recordings of this session are told apart, and said to be here', () => {
  const media = [kept('snapshot', 5), kept('snapshot', 12), kept('picture', 13), kept('recording', 14)]
  expect(keptLines({ ...nothing, media })).toEqual(['Images: 2', 'Recordings: 1'])
  expect(keptHere({ ...nothing, media })).toBe(true)
  expect(keptHere({ ...nothing, media: [kept('snapshot', 5)] })).toBe(false)
})
