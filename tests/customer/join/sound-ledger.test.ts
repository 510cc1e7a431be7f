import { type Signal, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepSoundLedger } from '../../../customer/join/sound-ledger.ts'
import { createConsents } from '../../../peer/consents.ts'
import { MAX_CONSENTS } from '../../../protocol/limits.ts'
import { linkPair } from '../../peer/link-pair.ts'
import { ASKED, idOf } from './consent-ids.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

function page() {
  const consents = createConsents(() => 'Marie')
  const list: Signal<typeof consents.list> = signal(consents.list)
  consents.onChange(() => {
    list.value = consents.list
  }, life.signal)
  const sound = signal(false)
  const stop = vi.fn(() => {
    sound.value = false
  })
  keepSoundLedger({ sound, permissions: { ...consents, list }, stop, signal: life.signal })
  const { technician, customer } = linkPair(life.signal)
  consents.part(customer)
  return { consents, sound, stop, technician }
}

test('sound that begins and ends is allowed from then to then', () => {
  const { consents, sound, stop } = page()
  expect(consents.list).toEqual([])
  sound.value = true
  expect(consents.list).toMatchObject([{ what: 'sound', to: 'Marie', state: { kind: 'granted' } }])
  sound.value = false
  expect(consents.list).toMatchObject([{ state: { kind: 'ended', by: 'customer' } }])
  expect(stop).not.toHaveBeenCalled()
})

test('whoever gives it up, customer or technician: the sound ends', () => {
  const { consents, sound, stop, technician } = page()
  sound.value = true
  consents.end(idOf(consents))
  expect(stop).toHaveBeenCalledOnce()
  sound.value = true
  technician.send({ type: 'consent-end', id: idOf(consents, 1) })
  expect(stop).toHaveBeenCalledTimes(2)
  expect(consents.list[1]?.state).toMatchObject({ kind: 'ended', by: 'technician' })
})

test('a desk that asks for sound alone asks nothing: no browser gives it', () => {
  const { consents, technician } = page()
  technician.send({ type: 'consent-ask', id: ASKED, what: 'sound' })
  expect(consents.list).toEqual([])
})

test('sound that cannot be written down is not heard', () => {
  const { consents, sound, stop } = page()
  for (let times = 0; times < MAX_CONSENTS; times += 1) consents.offer('file')
  sound.value = true
  expect(stop).toHaveBeenCalledOnce()
  expect(sound.value).toBe(false)
})
