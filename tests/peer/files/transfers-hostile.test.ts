import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { randomId } from '../../../peer/random-id.ts'
import { FileOffer, TransferId } from '../../../protocol/files.ts'
import { FetchId } from '../../../protocol/folder.ts'
import { MAX_TRANSFER_FILES } from '../../../protocol/limits.ts'
import { memoryFile } from './memory-files.ts'
import { hostileDesk } from './transfer-pair.ts'

let life: AbortController
beforeEach(() => {
  life = new AbortController()
})
afterEach(() => life.abort())

test('absurd offers are answered with a reason and shown to nobody', () => {
  const { page, answers, offer } = hostileDesk(life.signal)
  offer({ count: MAX_TRANSFER_FILES + 1 })
  offer({ bytes: Number.MAX_SAFE_INTEGER })
  offer({ first: [{ path: ['run.exe'], size: 1, modified: 0 }] })
  expect(answers.map((answer) => 'refused' in answer && answer.refused)).toEqual([
    'too-many',
    'too-large',
    'not-allowed',
  ])
  // With the rule, for whoever sends: the own copy may be an older one.
  expect(answers.at(-1)).toMatchObject({ rule: { largest: null, refused: ['exe'] } })
  expect(answers[0]).not.toHaveProperty('rule')
  expect(page.list).toEqual([])
  expect(v.is(FileOffer, { type: 'file-offer', id: 'x', count: 1, bytes: 1, first: [] })).toBe(false)
  const never = [{ path: ['a'], size: 1, modified: 1e300 }]
  expect(v.is(FileOffer, { type: 'file-offer', id: randomId(), count: 1, bytes: 1, first: never })).toBe(false)
  expect(v.is(FileOffer, { type: 'file-offer', id: randomId(), count: 0, bytes: 1, first: [] })).toBe(false)
})

test('a flood of offers: twenty are asked, the others are refused, and the list does not grow', () => {
  const { page, answers, offer } = hostileDesk(life.signal)
  for (let count = 0; count < 900; count += 1) offer()
  expect(page.list).toHaveLength(20)
  expect(answers).toHaveLength(880)
  expect(answers.every((answer) => 'refused' in answer && answer.refused === 'too-many')).toBe(true)
  for (let round = 0; round < 50; round += 1) {
    for (const { id } of page.list) page.refuse(id)
    for (let count = 0; count < 20; count += 1) offer()
  }
  // As many as a session has; the summary of a ticket is not filled by what comes and goes.
  expect(page.list).toHaveLength(200)
})

test('offers that are taken back at once, over and over, are not all kept; the person’s own sending goes on', () => {
  const { page, read, answers, offer } = hostileDesk(life.signal)
  for (let count = 0; count < 900; count += 1) {
    const id = v.parse(TransferId, randomId())
    offer({ id })
    read['file-cancel']({ type: 'file-cancel', id })
  }
  expect(page.list).toHaveLength(200)
  expect(answers).toHaveLength(700)
  expect(page.send([memoryFile('mine', 1)])).toBeUndefined()
})

test('answers to nothing, twice, or of the wrong side change nothing', () => {
  const { page, read, answers, offer } = hostileDesk(life.signal)
  offer()
  const [before] = page.list
  if (!before) return
  read['file-answer']({ type: 'file-answer', id: before.id })
  read['file-done']({ type: 'file-done', id: before.id, whole: 1, failed: [] })
  read['file-pause']({ type: 'file-pause', id: before.id, paused: true })
  read['file-cancel']({ type: 'file-cancel', id: v.parse(TransferId, randomId()) })
  expect(page.list).toEqual([before])
  expect(answers).toEqual([{ type: 'file-cancel', id: before.id, why: 'gone' }])
})

test('S11 a desk that fetches the same over and over, and takes none of it, does not fill the page', () => {
  const { page } = hostileDesk(life.signal)
  const files = Array.from({ length: 15_000 }, () => memoryFile('a', 1))
  const fetch = () => page.send(files, { fetch: v.parse(FetchId, randomId()) })
  const answers = Array.from({ length: 30 }, fetch)
  expect(answers.filter((why) => why === undefined)).toHaveLength(13)
  expect(answers.at(-1)).toBe('too-many')
  expect(page.send(files)).toBeUndefined()
})

test('an offer under the id of this side’s own transfer is no offer: a yes to the one is no yes to the other', () => {
  const { page, read, offer } = hostileDesk(life.signal)
  page.send([memoryFile('mine', 1)])
  const [mine] = page.list
  if (!mine) throw new Error('a transfer')
  offer({ id: mine.id })
  read['file-answer']({ type: 'file-answer', id: mine.id })
  read['file-done']({ type: 'file-done', id: mine.id, whole: 1, failed: [] })
  expect(page.list.filter(({ direction }) => direction === 'receiving')).toEqual([])
})

test('what was asked for comes, however many offers wait for an answer', () => {
  const { page, offer } = hostileDesk(life.signal)
  for (let count = 0; count < 25; count += 1) offer()
  const fetch = v.parse(FetchId, randomId())
  let taken = 0
  page.expect(fetch, () => () => {
    taken += 1
  })
  offer({ fetch })
  expect(taken).toBe(1)
})
