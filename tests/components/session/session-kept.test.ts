import * as v from 'valibot'
import { expect, test } from 'vitest'
import { keptLines } from '../../../components/session/session-kept.ts'
import type { CaseEntry } from '../../../desk/case/case-entry.ts'
import { type Consent, ConsentId } from '../../../protocol/consent.ts'

const message = (at: number): CaseEntry => {
  return { kind: 'message', id: 'm'.repeat(22), from: 'customer', text: 'Hello', at, delivered: true }
}
const offered = (at: number): Consent => {
  return { id: v.parse(ConsentId, 'c'.repeat(22)), what: 'screen', to: 'Marie', state: { kind: 'granted', at } }
}
const nothing = { history: [], consents: [], notes: ' \n', began: 10, ended: 20 }

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
