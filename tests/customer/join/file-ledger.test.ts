import { type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepFileLedger } from '../../../customer/join/file-ledger.ts'
import { createConsents } from '../../../peer/consents.ts'
import { nextTransfer, offered, type Transfer, type TransferEvent } from '../../../peer/files/transfer.ts'
import { randomId } from '../../../peer/random-id.ts'
import { TransferId } from '../../../protocol/files.ts'
import { MAX_CONSENTS } from '../../../protocol/limits.ts'
import { idOf } from './consent-ids.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

function page(direction: Transfer['direction'] = 'receiving', count = 1) {
  const consents = createConsents(() => 'Marie')
  const list: Signal<typeof consents.list> = signal(consents.list)
  consents.onChange(() => {
    list.value = consents.list
  }, life.signal)
  const first = [{ path: ['report.pdf'], size: 10, modified: 0 }]
  const transfers = signal([offered({ id: v.parse(TransferId, randomId()), count, bytes: 10, first }, direction, 1)])
  const happens = (event: TransferEvent) => {
    transfers.value = transfers.value.map((one) => nextTransfer(one, event))
  }
  const cancel = vi.fn()
  keepFileLedger({ transfers, permissions: { ...consents, list }, cancel, signal: life.signal })
  return { consents, happens, cancel }
}

const DONE: TransferEvent = { type: 'finished', now: 3, whole: 1, failed: [] }

test('a file is allowed from the yes until it is there', () => {
  const { consents, happens, cancel } = page()
  expect(consents.list, 'only offered').toEqual([])
  happens({ type: 'accepted', now: 2 })
  expect(consents.list).toMatchObject([{ what: 'file', detail: 'report.pdf', state: { kind: 'granted' } }])
  happens(DONE)
  expect(consents.list).toMatchObject([{ state: { kind: 'ended', by: 'done' } }])
  expect(cancel).not.toHaveBeenCalled()
})

test('of several the first is named; one that is cancelled has not come', () => {
  const { consents, happens } = page('receiving', 4)
  happens({ type: 'accepted', now: 2 })
  expect(consents.list).toMatchObject([{ detail: 'report.pdf + 3' }])
  happens({ type: 'cancelled', by: 'here', why: undefined })
  expect(consents.list).toMatchObject([{ state: { kind: 'ended', by: 'customer' } }])
})

test('taken back among the permissions, it does not go on', () => {
  const { consents, happens, cancel } = page()
  happens({ type: 'accepted', now: 2 })
  consents.end(idOf(consents))
  expect(cancel).toHaveBeenCalledOnce()
})

test('S19 a hand-over ends it by that name, whichever side is told first', () => {
  const told = page()
  told.happens({ type: 'accepted', now: 2 })
  told.consents.endAll('hand-over')
  expect(told.cancel.mock.calls).toEqual([[expect.any(String), 'hand-over']])
  const heard = page()
  heard.happens({ type: 'accepted', now: 2 })
  heard.happens({ type: 'cancelled', by: 'there', why: 'hand-over' })
  for (const { consents } of [told, heard]) {
    expect(consents.list).toMatchObject([{ state: { kind: 'ended', by: 'hand-over' } }])
  }
})

test('S13 what a page that was loaded anew ends was nobody’s wish', () => {
  const { consents, happens, cancel } = page()
  happens({ type: 'accepted', now: 2 })
  consents.endAll('cut')
  expect(cancel.mock.calls).toEqual([[expect.any(String), 'lost']])
})

test('what is refused, and what the customer sends, is no permission', () => {
  const refused = page()
  refused.happens({ type: 'refused', why: 'refused' })
  expect(refused.consents.list).toEqual([])
  const sent = page('sending')
  sent.happens({ type: 'accepted', now: 2 })
  expect(sent.consents.list).toEqual([])
})

test('a file that cannot be written down does not come', () => {
  const { consents, happens, cancel } = page()
  for (let times = 0; times < MAX_CONSENTS; times += 1) consents.offer('file')
  happens({ type: 'accepted', now: 2 })
  expect(cancel).toHaveBeenCalledOnce()
})
