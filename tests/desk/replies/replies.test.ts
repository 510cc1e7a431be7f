import { signal } from '@preact/signals'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openReplies, type Replies } from '../../../desk/replies/replies.ts'
import { fillIn, MAX_REPLIES } from '../../../desk/replies/reply.ts'
import { GroupId } from '../../../protocol/ids.ts'

const GROUP = v.parse(GroupId, 'x'.repeat(22))

test('names are filled in, once, in both languages, and other braces stay', () => {
  const names = { customer: 'Ann {technician} $1', technician: 'Marie' }
  expect(fillIn('Hello {customer}, I am {technician}. {code} {Customer}', names)).toBe(
    'Hello Ann {technician} $1, I am Marie. {code} {Customer}',
  )
  expect(fillIn('Bonjour {client}, ici {technicien}.', names)).toBe('Bonjour Ann {technician} $1, ici Marie.')
})

test('where a name is not known, neither it nor the space before it is left', () => {
  expect(fillIn('Hello {customer}, how are you?', { customer: ' ', technician: '' })).toBe('Hello, how are you?')
})

/** Two colleagues in browsers that have not spoken yet. */
function two(life: AbortSignal) {
  const [here, there] = [new Y.Doc(), new Y.Doc()]
  const room = (document: Y.Doc) => {
    const state = signal({ kind: 'synced' })
    return signal(new Map([[GROUP, { document, loaded: Promise.resolve(), state }]]))
  }
  const meet = () => {
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  }
  return { there, mine: openReplies('marie', room(here), life), theirs: openReplies('tom', room(there), life), meet }
}

const place = { kind: 'group', group: GROUP } as const
const only = ({ all }: Replies) => {
  const [reply] = all.value
  if (!reply) throw new Error('it was kept')
  return reply
}

test('a group’s replies are in its document; two who edit different ones keep both; what does not fit is not shown', () => {
  const life = new AbortController()
  const { there, mine, theirs, meet } = two(life.signal)
  mine.keep({ title: 'Hello', text: 'Good morning' }, place)
  theirs.keep({ title: 'Bye', text: 'Good night' }, place)
  meet()
  there.getMap('replies').set('bad', { title: '', text: 7 })
  there.getMap('replies').set('worse', new Y.Map([['text', new Y.Text('x'.repeat(100_000))]]))
  expect(mine.all.value.map(({ title }) => title)).toEqual(['Bye', 'Hello'])
  expect(theirs.all.value).toEqual(mine.all.value)
  const [bye] = theirs.all.value
  if (!bye) throw new Error('it was kept')
  theirs.remove(bye)
  expect(theirs.all.value.map(({ title }) => title)).toEqual(['Hello'])
  life.abort()
})

test('two who change the same reply apart from each other: its title, its text at two places, all is kept', () => {
  const life = new AbortController()
  const { mine, theirs, meet } = two(life.signal)
  mine.keep({ title: 'Greeting', text: 'Hello {customer}' }, place)
  meet()
  const [here, there] = [only(mine), only(theirs)]
  mine.keep({ title: 'Welcome', text: 'Hello {customer}!' }, place, here)
  theirs.keep({ title: 'Greeting', text: 'Oh, hello {customer}' }, place, there)
  meet()
  expect(only(mine)).toMatchObject({ title: 'Welcome', text: 'Oh, hello {customer}!' })
  expect(theirs.all.value).toEqual(mine.all.value)
  life.abort()
})

test('one that was deleted meanwhile is there again, for both, when somebody keeps it', () => {
  const life = new AbortController()
  const { mine, theirs, meet } = two(life.signal)
  mine.keep({ title: 'Greeting', text: 'Hello' }, place)
  meet()
  const before = only(mine)
  theirs.remove(only(theirs))
  meet()
  expect(mine.all.value).toEqual([])
  expect(mine.keep({ title: 'Greeting', text: 'Words that matter' }, place, before)).toBe(true)
  meet()
  expect(only(theirs).text).toBe('Words that matter')
  life.abort()
})

test('there are only so many in one place; one more is refused, a change of one is not', () => {
  const life = new AbortController()
  const { mine } = two(life.signal)
  const reply = { title: 'Greeting', text: 'Hello' }
  for (let count = 0; count < MAX_REPLIES; count += 1) expect(mine.keep(reply, place)).toBe(true)
  expect(mine.keep(reply, place)).toBe(false)
  expect(mine.all.value).toHaveLength(MAX_REPLIES)
  expect(mine.keep({ ...reply, text: 'Hi' }, place, only(mine))).toBe(true)
  life.abort()
})
