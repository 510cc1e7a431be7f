import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { caseMedia, type ListedMedia } from '../../../desk/case/case-media.ts'
import { randomId } from '../../../peer/random-id.ts'
import { TechnicianId } from '../../../protocol/ids.ts'
import { MediaId } from '../../../protocol/media.ts'

const one = (about: Partial<ListedMedia> = {}): ListedMedia => ({
  id: v.parse(MediaId, randomId()),
  kind: 'snapshot',
  number: 1,
  at: 1000,
  by: v.parse(TechnicianId, 'marie'),
  bytes: 10,
  width: 4,
  height: 3,
  ...about,
})

test('what is listed is there in the order of time, also for whoever opens the case elsewhere', () => {
  const document = new Y.Doc()
  const media = caseMedia(document)
  const [late, early] = [one({ at: 2000, number: 2 }), one()]
  media.put(late)
  media.put(early)
  expect(media.list.value).toEqual([early, late])
  const elsewhere = new Y.Doc()
  Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(document))
  expect(caseMedia(elsewhere).list.value).toEqual([early, late])
  media.remove(early.id)
  expect(media.list.value).toEqual([late])
})

test('numbers go on within a kind', () => {
  const media = caseMedia(new Y.Doc())
  expect(media.next('snapshot')).toBe(1)
  media.put(one({ number: 4 }))
  media.put(one({ kind: 'recording', number: 1, durationMs: 10 }))
  expect(media.next('snapshot')).toBe(5)
  expect(media.next('recording')).toBe(2)
})

test('what does not fit is not shown', () => {
  const document = new Y.Doc()
  const media = caseMedia(document)
  document.getMap('media').set('x', { id: 'x', kind: 'virus' })
  document.getMap('media').set('y', one())
  expect(media.list.value).toEqual([])
})
