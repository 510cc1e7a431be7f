import { signal } from '@preact/signals'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openReplies } from '../../desk/replies/replies.ts'
import { fillIn } from '../../desk/replies/reply.ts'
import { GroupId } from '../../protocol/ids.ts'

const GROUP = v.parse(GroupId, 'x'.repeat(22))

test('names are filled in, once, and other braces stay', () => {
  const names = { customer: 'Ann {technician} $1', technician: 'Marie' }
  expect(fillIn('Hello {customer}, I am {technician}. {code} {Customer}', names)).toBe(
    'Hello Ann {technician} $1, I am Marie. {code} {Customer}',
  )
})

test('a group’s replies are in its document; two who edit different ones keep both; what does not fit is not shown', () => {
  const [here, there] = [new Y.Doc(), new Y.Doc()]
  const life = new AbortController()
  const room = (document: Y.Doc) => {
    const state = signal({ kind: 'synced' })
    return signal(new Map([[GROUP, { document, loaded: Promise.resolve(), state }]]))
  }
  const mine = openReplies('marie', room(here), life.signal)
  const theirs = openReplies('tom', room(there), life.signal)
  const place = { kind: 'group', group: GROUP } as const
  mine.keep({ title: 'Hello', text: 'Good morning' }, place)
  theirs.keep({ title: 'Bye', text: 'Good night' }, place)
  Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  there.getMap('replies').set('bad', { title: '', text: 7 })
  expect(mine.all.value.map(({ title }) => title)).toEqual(['Bye', 'Hello'])
  expect(theirs.all.value).toEqual(mine.all.value)
  const [bye] = theirs.all.value
  if (!bye) throw new Error('it was kept')
  theirs.remove(bye)
  expect(theirs.all.value.map(({ title }) => title)).toEqual(['Hello'])
  life.abort()
})
