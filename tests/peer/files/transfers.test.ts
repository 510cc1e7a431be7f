import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTransfers } from '../../../peer/files/transfers.ts'
import { FileOffer } from '../../../protocol/files.ts'
import { MAX_TRANSFER_FILES } from '../../../protocol/limits.ts'
import { memoryFile, memorySink } from './memory-files.ts'
import { GIB, hostileDesk, limits, settled, stateOf, transferPair } from './transfer-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const pair = () => transferPair(life.signal)

test('an offer is asked, and answered by the person', async () => {
  const { desk, page, types } = pair()
  expect(desk.send([memoryFile('a/b.txt', 10), memoryFile('c.txt', 5)])).toBeUndefined()
  const [offer] = page.list
  expect(offer).toMatchObject({ direction: 'receiving', count: 2, bytes: 15, state: { kind: 'offered' } })
  if (!offer) return
  page.refuse(offer.id)
  expect(stateOf(desk)).toEqual({ kind: 'refused', why: 'refused' })

  desk.send([memoryFile('d.txt', 1)])
  const second = page.list[1]
  if (!second) return
  page.accept(second.id, memorySink().sink)
  expect(stateOf(desk)).toMatchObject({ kind: 'running', linked: false })
  page.pause(second.id, true)
  expect(stateOf(desk)).toMatchObject({ paused: ['there'] })
  desk.cancel(second.id)
  expect(stateOf(page)).toEqual({ kind: 'cancelled', by: 'there', why: undefined })
  expect(types()).toEqual(
    expect.arrayContaining(['file-offer', 'file-answer', 'file-link', 'file-pause', 'file-cancel']),
  )
})

test('what the limits do not take is refused before anybody is asked, with the reason', () => {
  const { desk, page } = pair()
  expect(desk.send([{ ...memoryFile('a', 0), size: GIB + 1 }])).toBe('too-large')
  expect(desk.send([memoryFile('setup.exe', 1)])).toBe('not-allowed')
  expect(desk.send(Array.from({ length: MAX_TRANSFER_FILES + 1 }, () => memoryFile('a', 0)))).toBe('too-many')
  expect(page.list).toEqual([])
})

test('a pause, and its end, that were pressed while the link was broken are told on the next one', async () => {
  const { desk, page, join, cut } = pair()
  desk.send([memoryFile('a', 1)])
  const [a] = page.list
  if (!a) throw new Error('an offer')
  page.accept(a.id, memorySink().sink)
  cut()
  page.pause(a.id, true)
  join()
  await settled()
  expect(stateOf(desk)).toMatchObject({ paused: ['there'] })
  cut()
  page.pause(a.id, false)
  desk.pause(a.id, true)
  join()
  await settled()
  expect(stateOf(desk)).toMatchObject({ paused: ['here'] })
  expect(stateOf(page)).toMatchObject({ paused: ['there'] })
})

test('both cancel, or both pause, at once: it is over, or waits for both', () => {
  const { desk, page } = pair()
  desk.send([memoryFile('a', 1)])
  const [a] = page.list
  if (!a) throw new Error('an offer')
  page.accept(a.id, memorySink().sink)
  desk.pause(a.id, true)
  page.pause(a.id, true)
  desk.pause(a.id, false)
  expect(stateOf(desk)).toMatchObject({ kind: 'running', paused: ['there'] })
  page.cancel(a.id)
  desk.cancel(a.id)
  expect([stateOf(desk)?.kind, stateOf(page)?.kind]).toEqual(['cancelled', 'cancelled'])
})

test('names of the other side are shown as they would be saved', () => {
  const { page, read, offer } = hostileDesk(life.signal)
  offer({ first: [{ path: ['..', 'invoice\u202efdp.exe_'], size: 1, modified: 0 }] })
  expect(page.list[0]?.first[0]?.path).toEqual(['invoice_fdp.exe_'])
  page.send([memoryFile('mine', 1)])
  const mine = page.list.at(-1)
  if (!mine) throw new Error('a transfer')
  read['file-answer']({ type: 'file-answer', id: mine.id })
  const failed = [{ path: ['a\u202eb'], why: 'damaged' as const }]
  read['file-done']({ type: 'file-done', id: mine.id, whole: 1e15, failed })
  expect(stateOf(page)).toMatchObject({ kind: 'done', whole: 0, failed: [{ path: ['a_b'] }] })
})

test('paths that the protocol has no room for are not offered, and long ones are named as far as they fit', () => {
  const { desk, page, types, said } = pair()
  expect(desk.send([memoryFile(Array.from({ length: 100 }, () => 'deeper').join('/'), 1)])).toBe('too-many')
  expect(types()).toEqual([])
  const long = Array.from({ length: 12 }, () => '漢'.repeat(80)).join('/')
  expect(desk.send(Array.from({ length: 60 }, (_, index) => memoryFile(`${long}/${index}`, 1)))).toBeUndefined()
  expect(Buffer.byteLength(JSON.stringify(said.at(-1)?.[1]))).toBeLessThan(64 * 1024)
  expect(v.is(FileOffer, said.at(-1)?.[1])).toBe(true)
  expect(page.list[0]).toMatchObject({ count: 60 })
})

test('what was said while the link was broken is made up for on the next one', async () => {
  const { desk, page, join, cut } = pair()
  desk.send([memoryFile('offered', 1)])
  desk.send([memoryFile('refused', 1)])
  desk.send([memoryFile('accepted', 1)])
  desk.send([memoryFile('cancelled', 1)])
  const [, refused, accepted, cancelled] = page.list
  if (!refused || !accepted || !cancelled) throw new Error('four offers')
  cut()
  page.refuse(refused.id)
  page.accept(accepted.id, memorySink().sink)
  desk.cancel(cancelled.id)
  expect(desk.list.map(({ state }) => state.kind)).toEqual(['offered', 'offered', 'offered', 'cancelled'])
  join()
  await settled()
  expect(desk.list.map(({ state }) => state.kind)).toEqual(['offered', 'refused', 'running', 'cancelled'])
  expect(page.list.map(({ state }) => state.kind)).toEqual(['offered', 'refused', 'running', 'cancelled'])
})

test('what is sent while there is no link is offered on the next one', async () => {
  const { desk, page, join, cut } = pair()
  cut()
  expect(desk.send([memoryFile('report.pdf', 1)])).toBeUndefined()
  expect(desk.send([memoryFile('run.exe', 1)])).toBe('not-allowed')
  expect(stateOf(desk)).toEqual({ kind: 'offered' })
  join()
  await settled()
  expect(page.list.map(({ first, state }) => [first[0]?.path, state.kind])).toEqual([[['report.pdf'], 'offered']])
})

test('a page that was loaded anew is asked again, and what it was sending ends', async () => {
  const { desk, page, join, cut } = pair()
  desk.send([memoryFile('to the page', 1)])
  page.send([memoryFile('to the desk', 1)])
  const [, coming] = desk.list
  if (!coming) throw new Error('an offer')
  desk.accept(coming.id, memorySink().sink)
  cut()
  const anew = createTransfers('customer', limits, life.signal)
  join(desk, anew)
  await settled()
  expect(anew.list.map(({ direction, state }) => [direction, state.kind])).toEqual([['receiving', 'offered']])
  expect(stateOf(desk)).toEqual({ kind: 'cancelled', by: 'there', why: 'gone' })
})

test('the next technician begins with nothing that was open', () => {
  const { desk, page } = pair()
  desk.send([memoryFile('a', 1)])
  page.send([memoryFile('b', 1)])
  page.cancelAll('hand-over')
  for (const side of [desk, page]) {
    expect(side.list.map(({ state }) => state.kind === 'cancelled' && state.why)).toEqual(['hand-over', 'hand-over'])
  }
})

test('each side reads all that is said of files', () => {
  const { read } = hostileDesk(life.signal)
  expect(Object.keys(read).sort()).toEqual([
    'file-answer',
    'file-cancel',
    'file-done',
    'file-link',
    'file-offer',
    'file-pause',
    'file-signal',
  ])
})

test('who is refused for a rule of the other side’s keeps that rule', () => {
  const { desk, page, join, cut } = pair()
  cut()
  const old = createTransfers('technician', { ...limits, refuses: () => undefined }, life.signal)
  join(old, page)
  old.send([memoryFile('run.exe', 1)])
  expect(stateOf(old)).toEqual({ kind: 'refused', why: 'not-allowed', rule: { largest: null, refused: ['exe'] } })
  expect(desk.list).toEqual([])
})

test('S12 what waits for an answer when other rules come is refused at once on both sides, with the rule', () => {
  const { desk, page } = pair()
  desk.send([memoryFile('a', 1)])
  desk.send([memoryFile('b.exe2', 1)])
  const [kept] = page.list
  const rule = { largest: null, refused: ['exe2'] }
  const before = { ...limits }
  Object.assign(limits, {
    refuses: ({ path }: { path: readonly string[] }) => (path.at(-1)?.endsWith('.exe2') ? 'not-allowed' : undefined),
    ruleOf: () => rule,
  })
  page.obey()
  Object.assign(limits, before)
  for (const side of [desk, page]) {
    expect(side.list[0]?.state.kind).toBe('offered')
    expect(stateOf(side)).toEqual({ kind: 'refused', why: 'not-allowed', rule })
  }
  if (kept) page.accept(kept.id, memorySink().sink)
  expect(desk.list[0]?.state.kind).toBe('running')
})

test('S12 the offer says how many empty folders come, again on each new link', async () => {
  const { desk, page, said, join, cut } = pair()
  cut()
  expect(desk.send([memoryFile('a', 1)], { folders: [['empty'], ['also']] })).toBeUndefined()
  join()
  await settled()
  expect(page.list[0]).toMatchObject({ count: 1, folders: 2 })
  expect(v.is(FileOffer, said.at(-1)?.[1])).toBe(true)
  const many = Array.from({ length: MAX_TRANSFER_FILES }, () => ['empty'])
  expect(desk.send([memoryFile('a', 1)], { folders: many })).toBe('too-many')
  expect(desk.send([memoryFile('a', 1)], { folders: [Array.from({ length: 65 }, () => 'deeper')] })).toBe('too-many')
})
