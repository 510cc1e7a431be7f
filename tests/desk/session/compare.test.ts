import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startCompare } from '../../../desk/session/compare.ts'
import { wordsOf } from '../../../peer/words/compare.ts'
import { linkPair } from '../../peer/link-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

test('the words are of the page-language, follow it, outlive a cut, and go with the session', async () => {
  const { technician, customer, cut } = linkPair(life.signal)
  const compare = startCompare()
  compare.part({ ...technician, words: [3, 1, 4, 1] })
  expect(compare.words.value).toBeUndefined()
  customer.send({ type: 'page-language', language: 'fr' })
  await vi.waitFor(async () => expect(compare.words.value).toEqual(await wordsOf([3, 1, 4, 1], 'fr')))
  customer.send({ type: 'page-language', language: 'en' })
  await vi.waitFor(async () => expect(compare.words.value).toEqual(await wordsOf([3, 1, 4, 1], 'en')))
  cut()
  expect(compare.words.value).toHaveLength(4)
  compare.over()
  expect(compare.words.value).toBeUndefined()
})

test('a session that went while the words were loaded shows none', async () => {
  const { technician, customer } = linkPair(life.signal)
  const compare = startCompare()
  compare.part({ ...technician, words: [0, 0, 0, 0] })
  customer.send({ type: 'page-language', language: 'en' })
  compare.over()
  await wordsOf([0], 'en')
  expect(compare.words.value).toBeUndefined()
})
