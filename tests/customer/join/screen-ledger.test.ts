import { type Signal, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepScreenLedger, screenQuestion } from '../../../customer/join/screen-ledger.ts'
import type { Sharing } from '../../../customer/join/sharing.ts'
import { createConsents } from '../../../peer/consents.ts'
import type { ConsentId } from '../../../protocol/consent.ts'
import { MAX_CONSENTS } from '../../../protocol/limits.ts'
import { linkPair } from '../../peer/link-pair.ts'
import { ASKED } from './consent-ids.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

const IDLE: Sharing = { kind: 'idle', why: 'not-yet' }
const SHARED: Sharing = { kind: 'shared', number: 1, surface: 'monitor', mode: 'automatic', since: 1 }
const STOPPED: Sharing = { kind: 'idle', why: 'stopped' }

function page() {
  const consents = createConsents(() => 'Marie')
  const list: Signal<typeof consents.list> = signal(consents.list)
  consents.onChange(() => {
    list.value = consents.list
  }, life.signal)
  const stop = vi.fn()
  const adopt = vi.fn<(number: number) => ConsentId | undefined>()
  const step = keepScreenLedger({ permissions: { ...consents, list }, stop, adopt, signal: life.signal })
  const { technician, customer } = linkPair(life.signal)
  consents.part(customer)
  const ask = () => technician.send({ type: 'consent-ask', id: ASKED, what: 'screen' })
  return { consents, step, stop, adopt, ask, technician, states: () => list.value.map(({ state }) => state.kind) }
}

test('shown without having been asked for, then stopped', () => {
  const { step, consents, stop, states } = page()
  step(IDLE, SHARED)
  expect(consents.list).toMatchObject([{ what: 'screen', to: 'Marie', state: { kind: 'granted' } }])
  step(SHARED, { ...SHARED, mode: 'speed' })
  expect(states()).toEqual(['granted'])
  step(SHARED, STOPPED)
  expect(consents.list).toMatchObject([{ state: { kind: 'ended', by: 'customer' } }])
  expect(stop).not.toHaveBeenCalled()
})

test('shown after having been asked for is the answer to that', () => {
  const { step, ask, states } = page()
  ask()
  expect(states()).toEqual(['asked'])
  step(IDLE, { kind: 'choosing' })
  step({ kind: 'choosing' }, SHARED)
  expect(states()).toEqual(['granted'])
})

test.each(['declined', 'picker-cancelled', 'failed'] as const)('asked for and %s is refused', (why) => {
  const { step, ask, states } = page()
  ask()
  step({ kind: 'choosing' }, { kind: 'idle', why })
  expect(states()).toEqual(['refused'])
})

test('given up by the technician, or stopped in the list, it is not captured any more', () => {
  for (const by of ['technician', 'customer'] as const) {
    const { step, stop, consents } = page()
    step(IDLE, SHARED)
    consents.endAll(by)
    expect(stop).toHaveBeenCalledOnce()
  }
})

test('where another one takes its place its permission ends, and that of the other one is looked after', () => {
  const { step, consents, stop, adopt, states } = page()
  step(IDLE, SHARED)
  const other = consents.offer('screen', 'Window 2')
  adopt.mockReturnValue(other)
  step(SHARED, { ...SHARED, number: 2 })
  expect(adopt).toHaveBeenCalledWith(2)
  expect(states()).toEqual(['ended', 'granted'])
  expect(stop).not.toHaveBeenCalled()
  if (other) consents.end(other)
  expect(stop).toHaveBeenCalledOnce()
})

test('what takes its place without a permission is not shown either', () => {
  const { step, stop } = page()
  step(IDLE, SHARED)
  step(SHARED, { ...SHARED, number: 2 })
  expect(stop).toHaveBeenCalledOnce()
})

test('a screen that cannot be written down is not shown', () => {
  const { step, consents, stop } = page()
  for (let times = 0; times < MAX_CONSENTS; times += 1) consents.offer('file')
  step(IDLE, SHARED)
  expect(stop).toHaveBeenCalledOnce()
})

test('with a hand-over the entry ends and the capture does not: the next technician is asked about', () => {
  const { step, stop, consents } = page()
  step(IDLE, SHARED)
  consents.endAll('hand-over')
  expect(stop).not.toHaveBeenCalled()
})

test('taken back it is not asked any more, and what is shown then was offered', () => {
  const { step, consents, technician, ask } = page()
  ask()
  expect(screenQuestion(consents.list)).toBeDefined()
  technician.send({ type: 'consent-end', id: ASKED })
  expect(screenQuestion(consents.list)).toBeUndefined()
  step(IDLE, SHARED)
  expect(consents.list).toMatchObject([
    { state: { kind: 'withdrawn' } },
    { what: 'screen', state: { kind: 'granted' } },
  ])
  expect(consents.list[1]?.asked).toBeUndefined()
})
