import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { caseHistory } from '../../../desk/case/case-document.ts'
import { drawSecret } from '../../../desk/session/secret.ts'
import { TechnicianId } from '../../../protocol/ids.ts'

const ME = v.parse(TechnicianId, 'marie')

/** What one browser has, in another. */
function copyOf(document: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(document))
  return copy
}

test('words are kept in order, and delivered once', () => {
  const document = new Y.Doc()
  const { history, write, delivered, note } = caseHistory(document, ME)
  const first = write('Bonjour')
  note('connected')
  write('Are you there?')
  expect(history.value.map((line) => ('what' in line ? line.what : 'delivered' in line && line.delivered))).toEqual([
    false,
    'connected',
    false,
  ])
  delivered(first.id)
  delivered(first.id)
  delivered('AAAAAAAAAAAAAAAAAAAAAA')
  expect(first).toMatchObject({ from: 'technician', by: ME })
  expect(history.value[0]).toEqual({ ...first, delivered: true })
  expect(caseHistory(copyOf(document), ME).history.value).toEqual(history.value)
})

test('a message that comes twice after a cut appears once', () => {
  const { history, receive } = caseHistory(new Y.Doc(), ME)
  const message = { id: 'AAAAAAAAAAAAAAAAAAAAAA', text: 'It is broken', at: 1000 }
  expect(receive(message)).toBe(true)
  expect(receive(message)).toBe(false)
  expect(history.value).toHaveLength(1)
})

test('what was left is marked until the same comes over the link, whose words count', () => {
  const { history, receive } = caseHistory(new Y.Doc(), ME)
  const message = { id: 'AAAAAAAAAAAAAAAAAAAAAA', text: 'It is broken', at: 1000 }
  expect(receive(message, 'left')).toBe(true)
  expect(history.value).toMatchObject([{ text: 'It is broken', unchecked: true }])
  expect(receive({ ...message, text: 'It is broken.' })).toBe(false)
  expect(history.value).toMatchObject([{ text: 'It is broken.', delivered: true }])
  expect(history.value[0]).not.toHaveProperty('unchecked')
  // A box that is fetched late takes nothing back.
  expect(receive(message, 'left')).toBe(false)
  expect(history.value).toMatchObject([{ text: 'It is broken.' }])
})

test('a line that is known is not decoded again with each further one', () => {
  const { history, receive } = caseHistory(new Y.Doc(), ME)
  receive({ id: 'AAAAAAAAAAAAAAAAAAAAAA', text: 'It is broken', at: 1000 })
  const [first] = history.value
  receive({ id: 'BBBBBBBBBBBBBBBBBBBBBB', text: 'Still', at: 2000 })
  expect(history.value[0]).toBe(first)
})

test('a message marked delivered in two windows appears once', () => {
  const here = new Y.Doc()
  const mine = caseHistory(here, ME)
  const { id } = mine.write('Bonjour')
  const there = copyOf(here)
  const theirs = caseHistory(there, ME)
  mine.delivered(id)
  theirs.delivered(id)
  Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
  expect(mine.history.value.map((line) => line.id)).toEqual([id])
})

test('lines of another shape are passed over', () => {
  const document = new Y.Doc()
  document.getArray<unknown>('history').push([{ kind: 'message', id: 'short' }, 'text', null])
  expect(caseHistory(document, ME).history.value).toEqual([])
})

test('secrets are five digits and not all alike', () => {
  const drawn = Array.from({ length: 50 }, drawSecret)
  for (const secret of drawn) expect(secret).toMatch(/^\d{5}$/)
  expect(new Set(drawn).size).toBeGreaterThan(40)
})

test('an arrival is noted once, however often one hears of it, with who noted it', () => {
  const document = new Y.Doc()
  const { history, came } = caseHistory(document, ME)
  came(10)
  came(10)
  caseHistory(document, v.parse(TechnicianId, 'tom')).came(10)
  came(20)
  expect(history.value).toMatchObject([
    { what: 'customer-came', at: 10, by: ME },
    { what: 'customer-came', at: 20, by: ME },
  ])
})
